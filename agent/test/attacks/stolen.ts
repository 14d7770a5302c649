import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Target } from './target.ts';

/** What a thief of the database finds; the agent goes on beside it. */
export function stolen(target: Target, sql: string): string {
  using database = new DatabaseSync(join(target.agent.home, 'impetus.db'), { readOnly: true });
  const row = database.prepare(sql).get() as Record<string, string | Uint8Array> | undefined;
  const [value = ''] = Object.values(row ?? {});
  return typeof value === 'string' ? value : Buffer.from(value).toString('hex');
}
