import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileConfigstore } from '@tus/file-store';
import type { Metadata } from './announced.ts';

/** What is on the disk of an upload that is not over. */
export interface KeptUpload {
  readonly id: string;
  readonly sizeBytes: number;
  readonly receivedBytes: number;
  /** When something last came, in milliseconds. */
  readonly lastAt: number;
  readonly metadata: Metadata;
}

/** The folder of unfinished uploads: of each a file with what arrived, and tus's entry beside it. */
export class KeptUploads {
  readonly #folder: string;
  readonly #entries: FileConfigstore;

  constructor(folder: string) {
    this.#folder = folder;
    this.#entries = new FileConfigstore(folder);
  }

  pathOf(id: string): string {
    return join(this.#folder, id);
  }

  async list(): Promise<readonly KeptUpload[]> {
    const kept: KeptUpload[] = [];
    for (const id of await this.#entries.list().catch(() => [])) {
      const [entry, stats] = await Promise.all([
        this.#entries.get(id),
        stat(this.pathOf(id)).catch(() => null),
      ]);
      // Its file went first; the agent ended before its entry did.
      if (stats === null) await this.#entries.delete(id).catch(() => {});
      if (entry?.size === undefined || stats === null) continue;
      const { size: receivedBytes, mtimeMs: lastAt } = stats;
      kept.push({ id, sizeBytes: entry.size, receivedBytes, lastAt, metadata: entry.metadata ?? {} });
    }
    return kept;
  }

  /** Takes files away that no entry speaks of, as an agent that ended in between leaves them. */
  async sweep(oldest: number): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const there = new Set(names);
    for (const name of names) {
      if (name.endsWith('.json') || there.has(`${name}.json`)) continue;
      const stats = await stat(this.pathOf(name)).catch(() => null);
      if (stats?.isFile() === true && stats.mtimeMs < oldest) await rm(this.pathOf(name), { force: true });
    }
  }

  /** Nothing of it stays. */
  async forget(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
    await this.#entries.delete(id).catch(() => {});
  }
}
