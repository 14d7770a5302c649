import { createKeyInput, rotateKeyInput, type ApiKeyInfo } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import type { KeyOptions } from './commands/keys.ts';
import { formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** A time from now such as `30d`, or the moment itself. */
function momentOf(text: string): string {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return text;
  return new Date(Date.now() + Number(count) * (unitMs[unit] ?? 0)).toISOString();
}

/** Prints the key: the only time that it is seen. */
export async function createKey(terminal: Terminal, options: Common & KeyOptions): Promise<void> {
  const { name, scopes, expires, concurrency, perMinute, home, json } = options;
  const input = createKeyInput.parse({
    name,
    scopes: scopes?.split(',').map((scope) => scope.trim()),
    expiresAt: expires === undefined ? undefined : momentOf(expires),
    limits: {
      ...(concurrency !== undefined && { concurrency: Number(concurrency) }),
      ...(perMinute !== undefined && { requestsPerMinute: Number(perMinute) }),
    },
  });
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
  const rows = keys.map((key) => [key.id, key.name, key.scopes.join(','), key.createdAt, stateOf(key)]);
  terminal.out(formatTable([['ID', 'NAME', 'SCOPES', 'CREATED', 'LAST USED'], ...rows]));
}

export async function rotateKey(
  terminal: Terminal,
  id: string,
  { grace, home, json }: Common & { readonly grace: string },
): Promise<void> {
  const input = rotateKeyInput.parse({ id, graceSeconds: Number(grace) });
  const rotated = await askAgent(terminal, home, (agent) => agent.keys.rotate.mutate(input));
  if (json) terminal.out(JSON.stringify(rotated));
  else terminal.out(`The new secret of the key ${id}, shown only now:\n${rotated.key}`);
}

export async function revokeKey(
  terminal: Terminal,
  id: string,
  { home, json }: { readonly home?: string; readonly json?: boolean },
): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.keys.revoke.mutate({ id }));
  terminal.out(json ? JSON.stringify({ id, revoked: true }) : `The key ${id} is revoked.`);
}

function stateOf({ revokedAt, expiresAt, lastUsedAt }: ApiKeyInfo): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : (lastUsedAt ?? 'never');
}
