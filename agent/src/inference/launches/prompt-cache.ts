import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentSettings, PromptCacheOptions } from '@impetus/contracts';
import type { ModelFiles } from './model-files.ts';

const hourMs = 3_600_000;

type Bounds = Pick<AgentSettings, 'promptCacheMaxBytes' | 'promptCacheMaxAgeHours'>;

/** Where a model's runner keeps the states of idle sequences; null where the owner wants none kept. */
export function promptCacheOptions(
  folder: string,
  { identity }: ModelFiles,
  { promptCacheMaxBytes, promptCacheMaxAgeHours }: Bounds,
): PromptCacheOptions | null {
  if (promptCacheMaxBytes === 0) return null;
  return {
    folder: join(folder, identity),
    modelIdentity: identity,
    maxBytes: promptCacheMaxBytes,
    maxAgeMs: promptCacheMaxAgeHours * hourMs,
  };
}

/** The states of one model. */
export interface StateFolder {
  readonly name: string;
  readonly bytes: number;
  /** When a state was last written. Milliseconds since 1970. */
  readonly writtenAt: number;
}

/**
 * Which folders of states have to go: those that are too old, and the oldest ones of what is too much together.
 * A runner keeps its own folder within the bounds; this is for models that have none now, or are gone for good.
 */
export function foldersToRemove(
  folders: readonly StateFolder[],
  inUse: ReadonlySet<string>,
  { promptCacheMaxBytes, promptCacheMaxAgeHours }: Bounds,
  now: number,
): readonly string[] {
  let total = 0;
  const newestFirst = folders.toSorted(
    (a, b) => Number(inUse.has(b.name)) - Number(inUse.has(a.name)) || b.writtenAt - a.writtenAt,
  );
  return newestFirst.flatMap(({ name, bytes, writtenAt }) => {
    total += bytes;
    if (inUse.has(name)) return [];
    const old = now - writtenAt > promptCacheMaxAgeHours * hourMs;
    return old || total > promptCacheMaxBytes ? [name] : [];
  });
}

/** Removes what is out of bounds. Never throws: what cannot be removed now is met again. */
export async function prunePromptCache(
  folder: string,
  inUse: ReadonlySet<string>,
  bounds: Bounds,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const folders = await Promise.all(names.map((name) => look(folder, name)));
  for (const name of foldersToRemove(folders, inUse, bounds, Date.now())) {
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

async function look(folder: string, name: string): Promise<StateFolder> {
  const path = join(folder, name);
  const files = await readdir(path).catch(() => []);
  const stats = await Promise.all([path, ...files.map((file) => join(path, file))].map(sizeAndTime));
  return {
    name,
    bytes: stats.reduce((total, { size }) => total + size, 0),
    writtenAt: Math.max(...stats.map(({ mtimeMs }) => mtimeMs)),
  };
}

/** A state may go while it is looked at. */
function sizeAndTime(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  return stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
}
