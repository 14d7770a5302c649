import type { Db } from '../db/connection.ts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import type { Log } from '../log/types.ts';
import { newEntry, placed, type Entry } from './entry.ts';
import { partBase, putPartsAside, removeAside } from './place.ts';
import { inOrder } from './queue/order.ts';
import { deleteDownload, readDownloads, writeDownload, type StoredDownload } from './store.ts';
import { provenBytes } from './transfer/part-file.ts';

/** Entries that ended are kept so that every screen sees how; the oldest go. */
const mostEnded = 100;

export interface DownloadBookOptions {
  readonly db: Db;
  readonly log: Log;
  readonly modelsFolder: string;
  /** Something of what is kept is another than before. */
  readonly onChange: () => void;
}

/** Every download that is known: in memory for those who ask, and in the database before anybody is told. */
export class DownloadBook {
  readonly #options: DownloadBookOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #writing = oneAtATime();

  private constructor(options: DownloadBookOptions) {
    this.#options = options;
  }

  static async open(options: DownloadBookOptions): Promise<DownloadBook> {
    const book = new DownloadBook(options);
    const { db, log, modelsFolder } = options;
    for (const stored of await readDownloads(db)) {
      const entry = newEntry(stored);
      if (stored.finishedAt === null) await recallProven(entry, modelsFolder);
      book.#entries.set(stored.id, entry);
    }
    await removeAside(modelsFolder).catch((err: unknown) =>
      log.warn({ err }, 'What was left of downloads that were cancelled could not be removed.'),
    );
    return book;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  all(): Entry[] {
    return [...this.#entries.values()];
  }

  unfinished(): Entry[] {
    return this.all().filter(({ stored }) => stored.finishedAt === null);
  }

  /** In the order in which they run; those that ended come last, newest first. */
  listed(): Entry[] {
    const waiting = inOrder(this.unfinished().map(placed));
    const ended = this.all()
      .filter(({ stored }) => stored.finishedAt !== null)
      .toSorted((a, b) => ((a.stored.finishedAt ?? '') < (b.stored.finishedAt ?? '') ? 1 : -1));
    return [...waiting.map(({ entry }) => entry), ...ended];
  }

  async add(entry: Entry): Promise<void> {
    await writeDownload(this.#options.db, entry.stored);
    this.#entries.set(entry.stored.id, entry);
  }

  /** What is kept is told only after it is kept. One after the other, and nothing of one that was removed. */
  keep(entry: Entry, changes: Partial<StoredDownload>): Promise<void> {
    return this.#writing(async () => {
      if (!this.#entries.has(entry.stored.id)) return;
      const stored = withShown(entry, { ...entry.stored, ...changes });
      await writeDownload(this.#options.db, stored);
      entry.stored = stored;
      this.#options.onChange();
    });
  }

  /** How far screens have seen these come. */
  async keepShown(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      await this.#writing(async () => {
        if (this.#entries.has(entry.stored.id))
          await writeDownload(this.#options.db, withShown(entry, entry.stored));
      }).catch((err: unknown) =>
        this.#options.log.warn({ err }, 'The progress of a download could not be kept.'),
      );
    }
  }

  /** Of those that are in the library, as many of the oldest as are too many. One that failed still has what came of it. */
  async dropOldest(): Promise<void> {
    const ended = this.listed().filter(({ stored }) => stored.finishedAt !== null);
    for (const entry of ended.slice(mostEnded)) {
      if (entry.stored.state !== 'done') continue;
      this.hide(entry);
      await this.erase(entry);
    }
  }

  /** From now on nobody is told of it. */
  hide({ stored }: Entry): void {
    this.#entries.delete(stored.id);
  }

  /**
   * Takes one that was hidden, and does not run any more, out of the database and off the disk. Its bytes are put
   * aside first: whatever ends the agent in the middle, they are not forgotten there.
   */
  async erase({ stored }: Entry): Promise<void> {
    const { db, modelsFolder } = this.#options;
    const remove = await putPartsAside(modelsFolder, stored.id);
    await this.#writing(() => deleteDownload(db, stored.id));
    this.#options.onChange();
    await remove();
  }
}

/** What the journals say is there was shown to screens before; they do not see less after a crash. */
async function recallProven(entry: Entry, modelsFolder: string): Promise<void> {
  for (const [index, { sizeBytes }] of entry.stored.files.entries()) {
    const proven = await provenBytes(partBase(modelsFolder, entry.stored.id, index));
    entry.doneBytes[index] = Math.min(sizeBytes, Math.max(entry.doneBytes[index] ?? 0, proven));
  }
}

function withShown(entry: Entry, stored: StoredDownload): StoredDownload {
  const files = stored.files.map((file, index) => ({ ...file, shownBytes: entry.doneBytes[index] ?? 0 }));
  return { ...stored, files };
}
