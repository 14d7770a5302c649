import { hubTokenInput, ImpetusError } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import type { Terminal } from './terminal.ts';

/** Reads the token from the standard input: what stands on a command line is seen by every process. */
export async function login(terminal: Terminal, { home, json }: Common): Promise<void> {
  const typed = (await terminal.readSecret('Token of the Hugging Face Hub: ')).trim();
  if (typed === '')
    throw new ImpetusError('invalid_request', 'No token came. Send it: `impetus hub login < token.txt`.');
  const input = hubTokenInput.parse({ token: typed });
  const identity = await askAgent(terminal, home, (agent) => agent.hub.setToken.mutate(input));
  terminal.out(json ? JSON.stringify(identity) : `The agent asks the Hub as ${identity.name} from now on.`);
}

export async function logout(terminal: Terminal, { home, json }: Common): Promise<void> {
  const account = await askAgent(terminal, home, async (agent) => {
    await agent.hub.clearToken.mutate();
    return agent.hub.account.query();
  });
  const left = account.source === 'environment' ? ' One from HF_TOKEN or the config file is still used.' : '';
  terminal.out(json ? JSON.stringify(account) : `The token is forgotten.${left}`);
}

export async function whoami(terminal: Terminal, { home, json }: Common): Promise<void> {
  const identity = await askAgent(terminal, home, (agent) => agent.hub.whoami.query());
  if (json) terminal.out(JSON.stringify(identity));
  else terminal.out(identity === null ? 'There is no token; the Hub is asked as a stranger.' : identity.name);
}
