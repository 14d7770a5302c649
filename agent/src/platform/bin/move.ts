import { lstat, mkdir, rename } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

/** Moves without copying, and never over something else. */
export async function moveTo(from: string, to: string): Promise<void> {
  if (await exists(to)) throw Object.assign(new Error(`${to} is there already`), { code: 'EEXIST' });
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** A name in a folder that nothing has: “a.gguf”, then “a 2.gguf” and so on. */
export async function freeName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${stem} ${number}${ext}`;
    if (!(await exists(join(folder, candidate)))) return candidate;
  }
}

/** The highest folder on the same disk as this one. */
export async function topOfDisk(path: string): Promise<string> {
  let top = path;
  const { dev } = await lstat(path);
  for (;;) {
    const above = dirname(top);
    if (above === top || (await lstat(above)).dev !== dev) return top;
    top = above;
  }
}

/** The disk of a folder, or of the nearest one above that there is. */
export async function diskOf(path: string): Promise<number> {
  const stats = await lstat(path).catch(() => null);
  return stats === null ? diskOf(dirname(path)) : stats.dev;
}
