import { rm } from 'node:fs/promises';
import { ImpetusError } from '@impetus/contracts';
import type { HubClient } from '@impetus/hub';
import type { Proxy } from '../config/index.ts';
import type { Log } from '../log/types.ts';
import type { DiskReserve, ModelCatalogue, ModelOrigins } from '../models/types.ts';
import { afterFailure } from './after-failure.ts';
import type { DownloadBook } from './book.ts';
import { Digests } from './digest/digests.ts';
import { doneOfAll, placed, sizeOfAll, type Closed, type Entry } from './entry.ts';
import { partsOf, requireParts, targetOf } from './place.ts';
import type { ProgressTeller } from './progress-teller.ts';
import { pickRunning } from './queue/order.ts';
import { runDownload } from './run-download.ts';
import type { StoredDownloadSettings } from './settings.ts';
import { TransferError } from './transfer/errors.ts';
import { createRangeClient, type RangeClient } from './transfer/open-range.ts';
import { TokenBucket } from './transfer/token-bucket.ts';
import { explain } from './words.ts';

export interface RunsOptions {
  readonly book: DownloadBook;
  readonly settings: StoredDownloadSettings;
  readonly teller: Pick<ProgressTeller, 'changed' | 'moved'>;
  readonly log: Log;
  readonly modelsFolder: string;
  readonly hubClient: HubClient;
  readonly proxy: Proxy | null;
  readonly catalogue: Pick<ModelCatalogue, 'learnHash' | 'list' | 'rescan'>;
  readonly origins: Pick<ModelOrigins, 'record'>;
  readonly reserve: DiskReserve;
  /** What keeps all of them from running just now. */
  readonly closedBy: () => Closed;
  /** How often the clock, the power and the room on the disk are looked at; every 15 s where nobody says. */
  readonly lookEveryMs?: number;
}

const usualLookMs = 15_000;
/** How often it is kept how far screens have seen a download come. */
const keepShownEveryMs = 5_000;

/** Why a run was stopped from outside. */
const stopped = new ImpetusError('cancelled', 'The download was stopped.');
/** Others have filled the disk up to what is to stay free. */
const reserveBroached = new ImpetusError(
  'disk_full',
  'The disk has less room left than the reserve that is kept free. Free some space.',
);

/** Runs those whose turn it is, and says what becomes of one whose run ended early. */
export class Runs implements AsyncDisposable {
  readonly #options: RunsOptions;
  readonly #digests = new Digests();
  readonly #ranges: RangeClient;
  readonly #bucket: TokenBucket;
  readonly #disposal = new DisposableStack();
  #started = false;
  #closed = false;

  constructor(options: RunsOptions) {
    const { hubClient, settings, proxy } = options;
    this.#options = options;
    this.#ranges = this.#disposal.use(createRangeClient({ ...hubClient, proxy }));
    this.#bucket = new TokenBucket(() => settings.get().bytesPerSecond);
  }

  /** Begins to work, once everything else of the agent is there. */
  async begin(): Promise<void> {
    const { book, lookEveryMs = usualLookMs } = this.#options;
    for (const entry of book.unfinished()) await this.#claim(entry).catch(() => {});
    this.#started = true;
    const look = setInterval(() => void this.#look(), lookEveryMs).unref();
    const keepShown = setInterval(() => {
      void book.keepShown(book.unfinished().filter(({ run }) => run !== null));
    }, keepShownEveryMs).unref();
    this.#disposal.defer(() => [look, keepShown].forEach(clearInterval));
    this.follow();
  }

  /** Starts those that are to run and stops those that are not; tells the screens. */
  follow(): void {
    const { book, settings, teller, closedBy } = this.#options;
    teller.changed();
    if (!this.#started || this.#closed) return;
    const open = closedBy() === null;
    const candidates = book.all().map((entry) => ({
      ...placed(entry),
      ready: open && entry.stored.state === 'queued' && entry.retryAt === null && entry.blockedBy === null,
    }));
    const running = new Set(pickRunning(candidates, settings.get().atOnce));
    for (const { entry, id } of candidates) {
      if (running.has(id) && entry.run === null) this.#start(entry);
      else if (!running.has(id)) entry.run?.controller.abort(stopped);
    }
  }

  /** Resolves when nothing of it runs any more. */
  async stop(entry: Entry): Promise<void> {
    entry.run?.controller.abort(stopped);
    await entry.run?.ended;
    entry.retryAt = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#options.book.all().map((entry) => this.stop(entry)));
    this.#disposal.dispose();
    await this.#digests[Symbol.asyncDispose]();
  }

  #start(entry: Entry): void {
    const controller = new AbortController();
    const run = { controller, ended: Promise.resolve() };
    entry.run = run;
    entry.rate.reset();
    run.ended = this.#run(entry, controller.signal).finally(() => {
      entry.run = null;
      entry.connections = 0;
      entry.finishing = false;
      this.follow();
    });
  }

  async #run(entry: Entry, signal: AbortSignal): Promise<void> {
    let progressed = false;
    try {
      await this.#claim(entry);
      const finished = await this.#fetch(entry, signal, () => (progressed = true));
      await this.#finish(entry, finished);
    } catch (error) {
      // Stopped from outside: whoever did it says what it is now.
      if (signal.aborted && signal.reason === stopped) return;
      await this.#failed(entry, await this.#reasonFor(entry, error), progressed);
    }
  }

  #fetch(entry: Entry, signal: AbortSignal, onProgress: () => void): ReturnType<typeof runDownload> {
    const { modelsFolder, hubClient, settings, teller } = this.#options;
    const { id } = entry.stored;
    return runDownload({
      download: entry.stored,
      modelsFolder,
      hub: hubClient,
      ranges: this.#ranges,
      bucket: this.#bucket,
      digests: this.#digests,
      mostConnections: () => settings.get().connectionsPerFile,
      signal,
      on: {
        file: (index) => {
          entry.current = index;
          entry.finishing = false;
          teller.changed();
        },
        bytes: (bytes) => entry.rate.add(bytes, performance.now()),
        verified: (index, bytes) => {
          if (bytes <= (entry.doneBytes[index] ?? 0)) return;
          // What came clears what went wrong before it.
          if (entry.failures > 0) void this.#recovered(entry);
          onProgress();
          entry.doneBytes[index] = bytes;
          entry.claim?.written(doneOfAll(entry));
          teller.moved(id);
        },
        connections: (count) => {
          entry.connections = count;
          teller.moved(id);
        },
        finishing: () => {
          entry.finishing = true;
          teller.changed();
        },
      },
    });
  }

  /** Its files are in the library: the catalogue hears of them, and nothing else of it stays. */
  async #finish(entry: Entry, { origins, path }: Awaited<ReturnType<typeof runDownload>>): Promise<void> {
    const { book, modelsFolder, catalogue, log } = this.#options;
    const { id, repo, key } = entry.stored;
    await this.#options.origins.record(origins);
    // What was proven on its way in need not be read again for it.
    for (const { sha256, file } of origins)
      await catalogue.learnHash(targetOf(modelsFolder, repo, file), sha256);
    await catalogue
      .rescan()
      .catch((err: unknown) => log.warn({ err }, 'The library could not be read again.'));
    await rm(partsOf(modelsFolder, id), { recursive: true, force: true });
    const model = catalogue.list().find((one) => one.path === path);
    release(entry);
    const finishedAt = new Date().toISOString();
    await book.keep(entry, { state: 'done', error: null, finishedAt, modelId: model?.id ?? null });
    await book.dropOldest();
    log.info({ repo, key }, 'A download is in the library.');
  }

  async #failed(entry: Entry, error: unknown, progressed: boolean): Promise<void> {
    const { book, log } = this.#options;
    const failures = progressed ? 1 : entry.failures + 1;
    const consequence = afterFailure(error, failures);
    const blockedBy = whatBlocks(error);
    // A disk that is waited for is no failure of the server.
    if (blockedBy === null) entry.failures = failures;
    entry.blockedBy = blockedBy;
    const { repo, key } = entry.stored;
    log.warn({ repo, key, err: error, consequence: consequence.kind }, 'A download was interrupted.');
    if (consequence.kind === 'retry') {
      entry.retryAt = Date.now() + consequence.waitMs;
      setTimeout(() => this.#retryDue(), consequence.waitMs + 10).unref();
    } else release(entry);
    const wire = explain(error);
    const end = { state: 'failed' as const, finishedAt: new Date().toISOString() };
    const changes = { error: wire, ...(consequence.kind === 'fail' && end) };
    await book.keep(entry, changes).catch((cause: unknown) => {
      // A disk that is full takes no note either; the entry in memory has it.
      log.warn({ err: cause }, 'The state of a download could not be kept.');
      entry.stored = { ...entry.stored, error: wire };
    });
  }

  async #recovered(entry: Entry): Promise<void> {
    entry.failures = 0;
    if (entry.stored.error !== null) await this.#options.book.keep(entry, { error: null }).catch(() => {});
  }

  #retryDue(): void {
    const now = Date.now();
    for (const entry of this.#options.book.all()) {
      if (entry.retryAt !== null && entry.retryAt <= now) entry.retryAt = null;
    }
    this.follow();
  }

  /** The clock, the power and the disk tell nobody that they changed. */
  async #look(): Promise<void> {
    const { book, reserve, modelsFolder } = this.#options;
    const broached = await reserve.isBroached(modelsFolder).catch(() => false);
    for (const entry of book.all()) {
      if (broached) entry.run?.controller.abort(reserveBroached);
      else if (entry.blockedBy !== null) await this.#lookForRoom(entry);
    }
    this.#retryDue();
  }

  /** One that waits for the disk is left alone until it can go on; only what is missing is told anew. */
  async #lookForRoom(entry: Entry): Promise<void> {
    const { book } = this.#options;
    try {
      await this.#claim(entry);
      entry.blockedBy = null;
    } catch (error) {
      // A disk that is back may be full.
      entry.blockedBy = whatBlocks(error) ?? entry.blockedBy;
      const wire = explain(error);
      if (wire.message !== entry.stored.error?.message)
        await book.keep(entry, { error: wire }).catch(() => {});
    }
    // It may have been taken away meanwhile.
    if (book.get(entry.stored.id) !== entry) release(entry);
  }

  /** What a failure at the disk means: where its folder is away, it is that. */
  async #reasonFor(entry: Entry, error: unknown): Promise<unknown> {
    if (error instanceof TransferError || error instanceof ImpetusError) return error;
    const away = requireParts(this.#options.modelsFolder, entry.stored.id);
    return away.then(
      () => error,
      (reason: unknown) => reason,
    );
  }

  /** Room for what is still to come. Throws `disk_full` where there is none, ModelsFolderAway where the disk is gone. */
  async #claim(entry: Entry): Promise<void> {
    const { reserve, modelsFolder } = this.#options;
    await requireParts(modelsFolder, entry.stored.id);
    entry.claim ??= await reserve.claim(modelsFolder, sizeOfAll(entry), doneOfAll(entry));
  }
}

/** What of the disk a download has to wait for after this failure; null where it is none of the disk's. */
function whatBlocks(error: unknown): Entry['blockedBy'] {
  const { kind } = afterFailure(error, 1);
  return kind === 'disk' || kind === 'folder' ? kind : null;
}

/** The room that it was to have is anybody's again. */
export function release(entry: Entry): void {
  entry.claim?.[Symbol.dispose]();
  entry.claim = null;
}
