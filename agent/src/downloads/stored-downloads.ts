import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  ImpetusError,
  type AddDownload,
  type Download,
  type DownloadPriority,
  type DownloadSettings,
  type HubQuant,
  type HubRepoDetail,
} from '@impetus/contracts';
import type { Db } from '../db/connection.ts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Hub } from '../hub/types.ts';
import { DownloadBook } from './book.ts';
import { chooseQuant, requireAccess } from './choose-quant.ts';
import { newEntry, placed, sizeOfAll, toDownload, toProgress, type Closed, type Entry } from './entry.ts';
import { makeParts, partsOf, sizeOf, targetOf } from './place.ts';
import { ProgressTeller } from './progress-teller.ts';
import { positionBefore } from './queue/order.ts';
import { isOpen } from './queue/windows.ts';
import { release, Runs, type RunsOptions } from './runs.ts';
import { StoredDownloadSettings } from './settings.ts';
import type { Downloads, PowerSource } from './types.ts';

export interface StoredDownloadsOptions extends Omit<
  RunsOptions,
  'book' | 'settings' | 'teller' | 'closedBy'
> {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: Pick<StateFeed, 'publish'>;
  readonly hub: Pick<Hub, 'repo'>;
  readonly power: PowerSource;
}

/** The queue of downloads, in the database and in this process; it goes on where it was after a start. */
export class StoredDownloads implements Downloads {
  readonly #options: StoredDownloadsOptions;
  readonly #settings: StoredDownloadSettings;
  readonly #book: DownloadBook;
  readonly #teller: ProgressTeller;
  readonly #runs: Runs;
  readonly #listening: Disposable;
  readonly #inTurn = oneAtATime();

  private constructor(
    options: StoredDownloadsOptions,
    parts: { settings: StoredDownloadSettings; book: DownloadBook; teller: ProgressTeller; runs: Runs },
  ) {
    this.#options = options;
    this.#settings = parts.settings;
    this.#book = parts.book;
    this.#teller = parts.teller;
    this.#runs = parts.runs;
    this.#listening = options.bus.on('agent-ready', () => void this.#runs.begin());
  }

  static async open(options: StoredDownloadsOptions): Promise<StoredDownloads> {
    const { db, log, modelsFolder, feed } = options;
    const settings = await StoredDownloadSettings.open(db);
    const closedBy = () => whatCloses(settings.get(), options.power);
    const book = await DownloadBook.open({ db, log, modelsFolder, onChange: () => teller.changed() });
    const teller: ProgressTeller = new ProgressTeller({
      feed,
      list: () => downloads.list(),
      progressOf: (id) => {
        const entry = book.get(id);
        return entry === undefined ? null : toProgress(entry, performance.now());
      },
    });
    const runs = new Runs({ ...options, book, settings, teller, closedBy });
    const downloads = new StoredDownloads(options, { settings, book, teller, runs });
    return downloads;
  }

  list(): readonly Download[] {
    const now = performance.now();
    const closed = this.#closedBy();
    return this.#book.listed().map((entry) => toDownload(entry, closed, now));
  }

  /** The download of a quant that has not ended. */
  underWay(repo: string, key: string): string | null {
    const found = this.#book.unfinished().find(({ stored }) => stored.repo === repo && stored.key === key);
    return found?.stored.id ?? null;
  }

  async add(input: AddDownload): Promise<Download> {
    const { hub, modelsFolder, reserve } = this.#options;
    const repo = await hub.repo({ repo: input.repo, revision: input.revision });
    requireAccess(repo);
    const quant = chooseQuant(repo, input.key);
    for (const { path } of quant.files) targetOf(modelsFolder, repo.repo, path);
    return this.#inTurn(async () => {
      const same = this.#book.all().find((entry) => isOfSameFiles(entry, repo, quant));
      if (same !== undefined && (await this.#join(same))) return this.#shown(same);
      const entry = newEntry({
        id: randomUUID(),
        repo: repo.repo,
        revision: repo.revision,
        key: quant.key,
        quant: quant.quant,
        name: quant.name,
        state: 'queued',
        priority: input.priority,
        position: positionBefore(this.#placed(), '', null),
        files: quant.files.map((file) => ({ ...file, shownBytes: 0 })),
        error: null,
        addedAt: new Date().toISOString(),
        finishedAt: null,
        modelId: null,
        licence: repo.licence,
      });
      await makeParts(modelsFolder, entry.stored.id);
      try {
        entry.claim = await reserve.claim(modelsFolder, sizeOfAll(entry));
        await this.#book.add(entry);
      } catch (error) {
        release(entry);
        await rm(partsOf(modelsFolder, entry.stored.id), { recursive: true, force: true });
        throw error;
      }
      this.#runs.follow();
      return this.#shown(entry);
    });
  }

  pause(id: string): Promise<void> {
    return this.#change(id, async (entry) => {
      if (entry.stored.state !== 'queued') return;
      await this.#book.keep(entry, { state: 'paused' });
      await this.#runs.stop(entry);
    });
  }

  resume(id: string): Promise<void> {
    return this.#change(id, async (entry) => {
      if (entry.stored.state === 'paused' || entry.stored.state === 'failed') await this.#tryAgain(entry);
    });
  }

  retry(id: string): Promise<void> {
    return this.#change(id, async (entry) => {
      if (entry.stored.state !== 'done' && entry.run === null) await this.#tryAgain(entry);
    });
  }

  cancel(id: string): Promise<void> {
    return this.#change(id, (entry) => this.#remove(entry));
  }

  move(id: string, before: string | null): Promise<void> {
    return this.#change(id, (entry) =>
      this.#book.keep(entry, { position: positionBefore(this.#placed(), id, before) }),
    );
  }

  prioritise(id: string, priority: DownloadPriority): Promise<void> {
    return this.#change(id, (entry) => this.#book.keep(entry, { priority }));
  }

  async pauseAll(): Promise<void> {
    await Promise.all(this.#book.unfinished().map(({ stored }) => this.pause(stored.id)));
  }

  async resumeAll(): Promise<void> {
    const paused = this.#book.unfinished().filter(({ stored }) => stored.state === 'paused');
    await Promise.all(paused.map(({ stored }) => this.resume(stored.id)));
  }

  async clearDone(): Promise<void> {
    const done = this.#book.all().filter(({ stored }) => stored.state === 'done');
    await Promise.all(done.map(({ stored }) => this.cancel(stored.id)));
  }

  settings(): DownloadSettings {
    return this.#settings.get();
  }

  async updateSettings(changes: Partial<DownloadSettings>): Promise<DownloadSettings> {
    const settings = await this.#settings.update(changes);
    this.#runs.follow();
    return settings;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    await this.#runs[Symbol.asyncDispose]();
    await this.#inTurn(() => this.#book.keepShown(this.#book.unfinished()));
    this.#teller[Symbol.dispose]();
  }

  async #tryAgain(entry: Entry): Promise<void> {
    entry.retryAt = null;
    entry.blockedBy = null;
    entry.failures = 0;
    await this.#book.keep(entry, { state: 'queued', error: null, finishedAt: null });
  }

  /** Goes on with a download of the same files; false where it ended and its files are gone. */
  async #join(entry: Entry): Promise<boolean> {
    const { state, repo, files } = entry.stored;
    if (state === 'failed' || state === 'paused') {
      await this.#tryAgain(entry);
      this.#runs.follow();
      return true;
    }
    if (state === 'queued') return true;
    const sizes = files.map(({ path }) => sizeOf(targetOf(this.#options.modelsFolder, repo, path)));
    const there = (await Promise.all(sizes)).every((size, index) => size === files[index]?.sizeBytes);
    if (!there) await this.#remove(entry);
    return there;
  }

  async #remove(entry: Entry): Promise<void> {
    this.#book.hide(entry);
    await this.#runs.stop(entry);
    release(entry);
    await this.#book.erase(entry);
  }

  #change(id: string, change: (entry: Entry) => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const entry = this.#book.get(id);
      if (entry === undefined)
        throw new ImpetusError('not_found', 'There is no such download; it may have been removed.', {
          param: 'id',
        });
      await change(entry);
      this.#runs.follow();
    });
  }

  #closedBy(): Closed {
    return whatCloses(this.#settings.get(), this.#options.power);
  }

  #placed() {
    return this.#book.unfinished().map(placed);
  }

  #shown(entry: Entry): Download {
    return toDownload(entry, this.#closedBy(), performance.now());
  }
}

/** What keeps downloads from running just now. */
function whatCloses({ windows, onlyOnMains }: DownloadSettings, power: PowerSource): Closed {
  if (!isOpen(windows, new Date())) return 'window';
  return onlyOnMains && power.onMains() === false ? 'mains' : null;
}

function isOfSameFiles({ stored }: Entry, { repo }: HubRepoDetail, quant: HubQuant): boolean {
  const wanted = (files: HubQuant['files']) =>
    JSON.stringify(files.map(({ path, sha256, sizeBytes }) => [path, sha256, sizeBytes]));
  return stored.repo === repo && stored.key === quant.key && wanted(stored.files) === wanted(quant.files);
}
