import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder for what takes minutes to make and is the same each time: the peer and the models. */
export async function cacheFolder(...path: readonly string[]): Promise<string> {
  const root = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(root, 'impetus-bench', ...path);
  await mkdir(folder, { recursive: true });
  return folder;
}
