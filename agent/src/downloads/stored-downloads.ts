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
import type { HubClient } from '@impetus/hub';
import type { Db } from '../db/connection.ts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Hub } from '../hub/types.ts';
import type { Log } from '../log/types.ts';
import type { DiskReserve, ModelCatalogue, ModelOrigins } from '../models/types.ts';
import { afterFailure } from './after-failure.ts';
import { Digests } from './digest/digests.ts';
import { doneOfAll, newEntry, sizeOfAll, toDownload, toProgress, type Closed, type Entry } from './entry.ts';
import { partBase, partsOf, sizeOf, targetOf } from './place.ts';
import { ProgressTeller } from './progress-teller.ts';
import { inOrder, pickRunning, positionBefore } from './queue/order.ts';
import { isOpen } from './queue/windows.ts';
import { runDownload } from './run-download.ts';
import { StoredDownloadSettings } from './settings.ts';
import { deleteDownload, readDownloads, writeDownload, type StoredDownload } from './store.ts';
import { createRangeClient, type RangeClient } from './transfer/open-range.ts';
import { provenBytes } from './transfer/part-file.ts';
import { TokenBucket } from './transfer/token-bucket.ts';
import type { Downloads, PowerSource } from './types.ts';
import { explain } from './words.ts';

export interface StoredDownloadsOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: Pick<StateFeed, 'publish'>;
  readonly log: Log;
  readonly modelsFolder: string;
  readonly hub: Pick<Hub, 'repo'>;
  readonly hubClient: HubClient;
  readonly catalogue: Pick<ModelCatalogue, 'learnHash' | 'list' | 'rescan'>;
  readonly origins: Pick<ModelOrigins, 'record'>;
  readonly reserve: DiskReserve;
  readonly power: PowerSource;
}

/** How often the clock, the power and the room on the disk are looked at. */
const lookEveryMs = 15_000;
/** How often it is kept how far screens have seen a download come. */
const keepShownEveryMs = 5_000;
/** Entries that ended are kept so that every screen sees how; the oldest go. */
const mostEnded = 100;

/** Why a run was stopped from outside. */
const stopped = new ImpetusError('cancelled', 'The download was stopped.');

/** The queue of downloads, in the database and in this process; it goes on where it was after a start. */
export class StoredDownloads implements Downloads {
  readonly #options: StoredDownloadsOptions;
  readonly #settings: StoredDownloadSettings;
  readonly #entries = new Map<string, Entry>();
  readonly #inTurn = oneAtATime();
  readonly #writing = oneAtATime();
  readonly #digests = new Digests();
  readonly #ranges: RangeClient;
  readonly #bucket: TokenBucket;
  readonly #teller: ProgressTeller;
  readonly #disposal = new DisposableStack();
  #started = false;
  #closed = false;

  private constructor(options: StoredDownloadsOptions, settings: StoredDownloadSettings) {
    const { endpoint, token } = options.hubClient;
    this.#options = options;
    this.#settings = settings;
    this.#ranges = this.#disposal.use(createRangeClient(endpoint, token));
    this.#bucket = new TokenBucket(() => settings.get().bytesPerSecond);
    this.#teller = this.#disposal.use(
      new ProgressTeller({
        feed: options.feed,
        list: () => this.list(),
        progressOf: (id) => {
          const entry = this.#entries.get(id);
          return entry === undefined ? null : toProgress(entry, performance.now());
        },
      }),
    );
  }

  static async open(options: StoredDownloadsOptions): Promise<StoredDownloads> {
    const downloads = new StoredDownloads(options, await StoredDownloadSettings.open(options.db));
    for (const stored of await readDownloads(options.db)) {
      const entry = newEntry(stored);
      if (stored.finishedAt === null) await recallProven(entry, options.modelsFolder);
      downloads.#entries.set(stored.id, entry);
    }
    downloads.#disposal.use(options.bus.on('agent-ready', () => void downloads.#begin()));
    return downloads;
  }

  list(): readonly Download[] {
    const now = performance.now();
    const closed = this.#closedBy();
    const entries = [...this.#entries.values()];
    const waiting = inOrder(entries.filter(({ stored }) => stored.finishedAt === null).map(placed));
    const ended = entries
      .filter(({ stored }) => stored.finishedAt !== null)
      .toSorted((a, b) => ((a.stored.finishedAt ?? '') < (b.stored.finishedAt ?? '') ? 1 : -1));
    return [...waiting.map(({ entry }) => entry), ...ended].map((entry) => toDownload(entry, closed, now));
  }

  /** The download of a quant that has not ended. */
  underWay(repo: string, key: string): string | null {
    const found = this.#unfinished().find(({ stored }) => stored.repo === repo && stored.key === key);
    return found?.stored.id ?? null;
  }

  async add(input: AddDownload): Promise<Download> {
    const repo = await this.#options.hub.repo({ repo: input.repo, revision: input.revision });
    if (repo.access !== 'open') throw noAccess(repo);
    const quant = chooseQuant(repo, input.key);
    for (const { path } of quant.files) targetOf(this.#options.modelsFolder, repo.repo, path);
    return this.#inTurn(async () => {
      const same = this.#sameAs(repo, quant);
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
      });
      entry.claim = await this.#options.reserve.claim(this.#options.modelsFolder, sizeOfAll(entry));
      await writeDownload(this.#options.db, entry.stored);
      this.#entries.set(entry.stored.id, entry);
      this.#follow();
      return this.#shown(entry);
    });
  }

  pause(id: string): Promise<void> {
    return this.#change(id, async (entry) => {
      if (entry.stored.state !== 'queued') return;
      await this.#keep(entry, { state: 'paused' });
      await this.#stop(entry);
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
    return this.#change(id, async (entry) => this.#remove(entry));
  }

  move(id: string, before: string | null): Promise<void> {
    return this.#change(id, async (entry) => {
      await this.#keep(entry, { position: positionBefore(this.#placed(), id, before) });
    });
  }

  prioritise(id: string, priority: DownloadPriority): Promise<void> {
    return this.#change(id, async (entry) => this.#keep(entry, { priority }));
  }

  async pauseAll(): Promise<void> {
    await Promise.all(this.#unfinished().map(({ stored }) => this.pause(stored.id)));
  }

  async resumeAll(): Promise<void> {
    const paused = this.#unfinished().filter(({ stored }) => stored.state === 'paused');
    await Promise.all(paused.map(({ stored }) => this.resume(stored.id)));
  }

  async clearDone(): Promise<void> {
    const done = [...this.#entries.values()].filter(({ stored }) => stored.state === 'done');
    await Promise.all(done.map(({ stored }) => this.cancel(stored.id)));
  }

  settings(): DownloadSettings {
    return this.#settings.get();
  }

  async updateSettings(changes: Partial<DownloadSettings>): Promise<DownloadSettings> {
    const settings = await this.#settings.update(changes);
    this.#follow();
    return settings;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#entries.values()].map((entry) => this.#stop(entry)));
    await this.#inTurn(async () => {
      for (const entry of this.#unfinished()) await this.#keepShown(entry);
    });
    this.#disposal.dispose();
    await this.#digests[Symbol.asyncDispose]();
  }

  /** Begins to work, once everything else of the agent is there. */
  async #begin(): Promise<void> {
    for (const entry of this.#unfinished()) await this.#claim(entry);
    this.#started = true;
    const look = setInterval(() => this.#look(), lookEveryMs).unref();
    const keepShown = setInterval(() => void this.#keepAllShown(), keepShownEveryMs).unref();
    this.#disposal.defer(() => [look, keepShown].forEach(clearInterval));
    this.#follow();
  }

  /** Starts those that are to run and stops those that are not; tells the screens. */
  #follow(): void {
    this.#teller.changed();
    if (!this.#started || this.#closed) return;
    const open = this.#closedBy() === null;
    const candidates = [...this.#entries.values()].map((entry) => ({
      ...placed(entry),
      ready: open && entry.stored.state === 'queued' && entry.retryAt === null && !entry.waitsForDisk,
    }));
    const running = new Set(pickRunning(candidates, this.#settings.get().atOnce));
    for (const { entry, id } of candidates) {
      if (running.has(id) && entry.run === null) this.#start(entry);
      else if (!running.has(id)) entry.run?.controller.abort(stopped);
    }
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
      this.#follow();
    });
  }

  async #run(entry: Entry, signal: AbortSignal): Promise<void> {
    const { modelsFolder, hubClient, catalogue, origins, log } = this.#options;
    const { id } = entry.stored;
    let progressed = false;
    try {
      await this.#claim(entry, true);
      const finished = await runDownload({
        download: entry.stored,
        modelsFolder,
        hub: hubClient,
        ranges: this.#ranges,
        bucket: this.#bucket,
        digests: this.#digests,
        mostConnections: () => this.#settings.get().connectionsPerFile,
        signal,
        on: {
          file: (index) => {
            entry.current = index;
            entry.finishing = false;
            this.#teller.changed();
          },
          bytes: (bytes) => entry.rate.add(bytes, performance.now()),
          verified: (index, bytes) => {
            const before = entry.doneBytes[index] ?? 0;
            if (bytes <= before) return;
            // What came clears what went wrong before it.
            if (entry.failures > 0) void this.#recovered(entry);
            progressed = true;
            entry.doneBytes[index] = bytes;
            entry.claim?.written(doneOfAll(entry));
            this.#teller.moved(id);
          },
          connections: (count) => {
            entry.connections = count;
            this.#teller.moved(id);
          },
          finishing: () => {
            entry.finishing = true;
            this.#teller.changed();
          },
        },
      });
      await origins.record(finished.origins);
      // What was proven on its way in need not be read again for it.
      for (const { sha256, file } of finished.origins) {
        await catalogue.learnHash(targetOf(modelsFolder, entry.stored.repo, file), sha256);
      }
      await catalogue
        .rescan()
        .catch((err: unknown) => log.warn({ err }, 'The library could not be read again.'));
      await rm(partsOf(modelsFolder, id), { recursive: true, force: true });
      const model = catalogue.list().find(({ path }) => path === finished.path);
      const finishedAt = new Date().toISOString();
      this.#release(entry);
      await this.#keep(entry, { state: 'done', error: null, finishedAt, modelId: model?.id ?? null });
      await this.#dropOldest();
      log.info({ repo: entry.stored.repo, key: entry.stored.key }, 'A download is in the library.');
    } catch (error) {
      // Stopped from outside: whoever did it says what it is now.
      if (signal.aborted) return;
      await this.#failed(entry, error, progressed);
    }
  }

  async #failed(entry: Entry, error: unknown, progressed: boolean): Promise<void> {
    entry.failures = progressed ? 1 : entry.failures + 1;
    const consequence = afterFailure(error, entry.failures);
    const { repo, key } = entry.stored;
    this.#options.log.warn(
      { repo, key, err: error, consequence: consequence.kind },
      'A download was interrupted.',
    );
    if (consequence.kind === 'retry') {
      entry.retryAt = Date.now() + consequence.waitMs;
      setTimeout(() => this.#retryDue(), consequence.waitMs + 10).unref();
    }
    entry.waitsForDisk = consequence.kind === 'disk';
    if (entry.waitsForDisk) this.#release(entry);
    const wire = explain(error);
    const failed = consequence.kind === 'fail';
    if (failed) this.#release(entry);
    await this.#keep(entry, {
      error: wire,
      ...(failed && { state: 'failed' as const, finishedAt: new Date().toISOString() }),
    }).catch((cause: unknown) => {
      // A disk that is full takes no note either; the entry in memory has it.
      this.#options.log.warn({ err: cause }, 'The state of a download could not be kept.');
      entry.stored = { ...entry.stored, error: wire };
    });
  }

  async #recovered(entry: Entry): Promise<void> {
    entry.failures = 0;
    if (entry.stored.error === null) return;
    await this.#keep(entry, { error: null }).catch(() => {});
    this.#teller.changed();
  }

  #retryDue(): void {
    const now = Date.now();
    for (const entry of this.#entries.values()) {
      if (entry.retryAt !== null && entry.retryAt <= now) entry.retryAt = null;
    }
    this.#follow();
  }

  /** The clock, the power and the disk tell nobody that they changed. */
  #look(): void {
    for (const entry of this.#entries.values()) entry.waitsForDisk = false;
    this.#retryDue();
  }

  /** Room for what is still to come. `required`: throws where there is none. */
  async #claim(entry: Entry, required = false): Promise<void> {
    if (entry.claim !== null) return;
    const { reserve, modelsFolder } = this.#options;
    try {
      entry.claim = await reserve.claim(modelsFolder, sizeOfAll(entry) - doneOfAll(entry));
    } catch (error) {
      if (required) throw error;
    }
  }

  #release(entry: Entry): void {
    entry.claim?.[Symbol.dispose]();
    entry.claim = null;
  }

  async #stop(entry: Entry): Promise<void> {
    entry.run?.controller.abort(stopped);
    await entry.run?.ended;
    entry.retryAt = null;
  }

  async #tryAgain(entry: Entry): Promise<void> {
    entry.retryAt = null;
    entry.waitsForDisk = false;
    entry.failures = 0;
    await this.#keep(entry, { state: 'queued', error: null, finishedAt: null });
  }

  /** Goes on with a download of the same files; false where it ended and its files are gone. */
  async #join(entry: Entry): Promise<boolean> {
    const { state, repo, files } = entry.stored;
    if (state === 'failed' || state === 'paused') {
      await this.#tryAgain(entry);
      this.#follow();
      return true;
    }
    if (state === 'queued') return true;
    const sizes = files.map(({ path }) => sizeOf(targetOf(this.#options.modelsFolder, repo, path)));
    const there = (await Promise.all(sizes)).every((size, index) => size === files[index]?.sizeBytes);
    if (!there) await this.#remove(entry);
    return there;
  }

  #sameAs(repo: HubRepoDetail, quant: HubQuant): Entry | undefined {
    const wanted = JSON.stringify(
      quant.files.map(({ path, sha256, sizeBytes }) => [path, sha256, sizeBytes]),
    );
    return [...this.#entries.values()].find(
      ({ stored }) =>
        stored.repo === repo.repo &&
        stored.key === quant.key &&
        JSON.stringify(stored.files.map(({ path, sha256, sizeBytes }) => [path, sha256, sizeBytes])) ===
          wanted,
    );
  }

  async #remove(entry: Entry): Promise<void> {
    const { id } = entry.stored;
    this.#entries.delete(id);
    await this.#stop(entry);
    await this.#writing(() => deleteDownload(this.#options.db, id));
    this.#release(entry);
    this.#teller.changed();
    await rm(partsOf(this.#options.modelsFolder, id), { recursive: true, force: true });
  }

  async #dropOldest(): Promise<void> {
    const ended = this.list().filter(({ finishedAt }) => finishedAt !== null);
    for (const { id, state } of ended.slice(mostEnded)) {
      const entry = this.#entries.get(id);
      // One that failed still has what came of it.
      if (entry !== undefined && state === 'done') await this.#remove(entry);
    }
  }

  #change(id: string, change: (entry: Entry) => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const entry = this.#entries.get(id);
      if (entry === undefined)
        throw new ImpetusError('not_found', 'There is no such download; it may have been removed.', {
          param: 'id',
        });
      await change(entry);
      this.#follow();
    });
  }

  /** What is kept is told only after it is kept. One after the other, and nothing of one that was removed. */
  #keep(entry: Entry, changes: Partial<StoredDownload>): Promise<void> {
    return this.#writing(async () => {
      if (!this.#entries.has(entry.stored.id)) return;
      const stored = withShown(entry, { ...entry.stored, ...changes });
      await writeDownload(this.#options.db, stored);
      entry.stored = stored;
      this.#teller.changed();
    });
  }

  async #keepAllShown(): Promise<void> {
    for (const entry of this.#unfinished()) if (entry.run !== null) await this.#keepShown(entry);
  }

  async #keepShown(entry: Entry): Promise<void> {
    await this.#writing(async () => {
      if (this.#entries.has(entry.stored.id))
        await writeDownload(this.#options.db, withShown(entry, entry.stored));
    }).catch((err: unknown) =>
      this.#options.log.warn({ err }, 'The progress of a download could not be kept.'),
    );
  }

  #closedBy(): Closed {
    const { windows, onlyOnMains } = this.#settings.get();
    if (!isOpen(windows, new Date())) return 'window';
    return onlyOnMains && this.#options.power.onMains() === false ? 'mains' : null;
  }

  #unfinished(): Entry[] {
    return [...this.#entries.values()].filter(({ stored }) => stored.finishedAt === null);
  }

  #placed() {
    return this.#unfinished().map(placed);
  }

  #shown(entry: Entry): Download {
    return toDownload(entry, this.#closedBy(), performance.now());
  }
}

/** What the journals say is there was shown to screens before; they do not see less after a crash. */
async function recallProven(entry: Entry, modelsFolder: string): Promise<void> {
  for (const [index, { sizeBytes }] of entry.stored.files.entries()) {
    const proven = await provenBytes(partBase(modelsFolder, entry.stored.id, index));
    entry.doneBytes[index] = Math.min(sizeBytes, Math.max(entry.doneBytes[index] ?? 0, proven));
  }
}

function placed(entry: Entry) {
  const { id, priority, position } = entry.stored;
  return { entry, id, priority, position };
}

function withShown(entry: Entry, stored: StoredDownload): StoredDownload {
  const files = stored.files.map((file, index) => ({ ...file, shownBytes: entry.doneBytes[index] ?? 0 }));
  return { ...stored, files };
}

function noAccess({ repo, access, url }: HubRepoDetail): ImpetusError {
  const then =
    access === 'needs-token'
      ? ' Then give the agent your token, with `impetus hub login` or on the Hub page.'
      : '';
  return new ImpetusError('hub_access', `${repo} is gated. Open ${url} and agree to its terms.${then}`);
}

/** The quant of that name, or the one that this machine is best served with. */
export function chooseQuant(repo: HubRepoDetail, key: string | undefined): HubQuant {
  const { quants } = repo;
  const named =
    key === undefined
      ? (quants.find(({ recommended }) => recommended) ?? quants[0])
      : (quants.find((quant) => quant.key === key) ??
        quants.find((quant) => quant.quant?.toLowerCase() === key.toLowerCase()) ??
        quants.find((quant) => quant.key.toLowerCase() === key.toLowerCase()));
  if (named === undefined) {
    const there =
      quants.length === 0
        ? (repo.notice ?? 'It has no GGUF file.')
        : `It has ${quants.map((quant) => quant.key).join(', ')}.`;
    throw new ImpetusError('not_found', `${repo.repo} has no ${key ?? 'model'} to download. ${there}`, {
      param: 'key',
    });
  }
  if (named.missing.length === 0) return named;
  throw new ImpetusError(
    'conflict',
    `${named.name} cannot be used: its repo lacks ${named.missing.slice(0, 3).join(', ')}. Choose another quant.`,
    { param: 'key' },
  );
}
