import { createKeyInput } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import { formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

export interface CreateKeyOptions {
  readonly name: string;
  readonly scopes?: string;
  readonly home?: string;
  readonly json?: boolean;
}

/** Prints the key: the only time that it is seen. */
export async function createKey(terminal: Terminal, options: CreateKeyOptions): Promise<void> {
  const { name, scopes, home, json } = options;
  const input = createKeyInput.parse({ name, scopes: scopes?.split(',').map((scope) => scope.trim()) });
  const created = await askAgent(terminal, home, (agent) => agent.keys.create.mutate(input));
  if (json) terminal.out(JSON.stringify(created));
  else terminal.out(`The key of “${input.name}”, shown only now:\n${created.key}`);
}

export async function listKeys(terminal: Terminal, home: string | undefined, json: boolean): Promise<void> {
  const keys = await askAgent(terminal, home, (agent) => agent.keys.list.query());
  if (json) {
    terminal.out(JSON.stringify(keys));
    return;
  }
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.scopes.join(','),
    key.createdAt,
    key.revokedAt === null ? (key.lastUsedAt ?? 'never') : 'revoked',
  ]);
  terminal.out(formatTable([['ID', 'NAME', 'SCOPES', 'CREATED', 'LAST USED'], ...rows]));
}

export async function revokeKey(
  terminal: Terminal,
  id: string,
  { home, json }: { readonly home?: string; readonly json?: boolean },
): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.keys.revoke.mutate({ id }));
  terminal.out(json ? JSON.stringify({ id, revoked: true }) : `The key ${id} is revoked.`);
}
