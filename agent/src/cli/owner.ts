import { createOwnerInput, ImpetusError, resetOwnerPasswordInput } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import type { Terminal } from './terminal.ts';

/** A password that is typed is typed twice; one that comes from the input was written down already. */
async function newPassword(terminal: Terminal): Promise<string> {
  const password = await terminal.readSecret('Password: ');
  if (!terminal.interactive || (await terminal.readSecret('The same again: ')) === password) return password;
  throw new ImpetusError('invalid_request', 'The two passwords differ. Nothing was changed.');
}

export async function createOwner(
  terminal: Terminal,
  { name, home, json }: Common & { readonly name: string },
): Promise<void> {
  const input = createOwnerInput.parse({ name, password: await newPassword(terminal) });
  const user = await askAgent(terminal, home, (agent) => agent.setup.createOwner.mutate(input));
  terminal.out(
    json ? JSON.stringify(user) : `The owner’s account “${user.name}” is made. Sign in on the page.`,
  );
}

export async function resetOwnerPassword(terminal: Terminal, { home, json }: Common): Promise<void> {
  const input = resetOwnerPasswordInput.parse({ password: await newPassword(terminal) });
  const { name } = await askAgent(terminal, home, (agent) => agent.setup.resetOwnerPassword.mutate(input));
  terminal.out(
    json ? JSON.stringify({ name }) : `“${name}” has a new password. Every session of the owner has ended.`,
  );
}
