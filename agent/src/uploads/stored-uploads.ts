import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  ImpetusError,
  toImpetusError,
  uploadsPath,
  type AgentSettings,
  type Upload,
} from '@impetus/contracts';
import { FileConfigstore } from '@tus/file-store';
import { Server } from '@tus/server';
import { outcomeOf } from '../auth/audit/outcome.ts';
import type { Audit } from '../auth/types.ts';
import { httpStatus } from '../errors.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import type { DiskReserve, ModelCatalogue } from '../models/types.ts';
import { safePath } from '../platform/file-name.ts';
import { Arrival } from './arrival.ts';
import { finishUpload } from './finish.ts';
import { UploadLocks } from './locks.ts';
import { ModelStore } from './model-store.ts';
import type { Sender, Uploads } from './types.ts';
import { isOpen, toUpload, type UploadRecord } from './upload-record.ts';

/** How often a screen hears of progress. */
const tellEveryMs = 500;
/** An upload of which nothing came for this long is interrupted, whatever its connection says. */
const quietMs = 15_000;
const cleanEveryMs = 10 * 60_000;
const unfinishedFolder = '.impetus-uploads';

export interface StoredUploadsOptions {
  readonly modelsFolder: string;
  readonly catalogue: ModelCatalogue;
  readonly disk: DiskReserve;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly settings: () => AgentSettings;
  readonly audit: Pick<Audit, 'record'>;
}

/** What tus keeps beside each file. */
type Metadata = Readonly<Record<string, string | null>>;

/** Where uploads are until they are whole: in the models folder, so that they get into their place in one step. */
export function uploadsFolder(modelsFolder: string): string {
  return join(modelsFolder, unfinishedFolder);
}

/** Uploads that survive a lost connection and a restart of the agent. */
export class StoredUploads implements Uploads {
  readonly #options: StoredUploadsOptions;
  readonly #folder: string;
  readonly #kept: FileConfigstore;
  /** Made when somebody first asks: making it makes the folder, and the disk may be away. */
  #tus: Server | undefined;
  readonly #records = new Map<string, UploadRecord>();
  readonly #asking = new AsyncLocalStorage<Sender>();
  readonly #told = new Map<string, number>();
  readonly #timers: readonly NodeJS.Timeout[];

  private constructor(options: StoredUploadsOptions) {
    this.#options = options;
    this.#folder = uploadsFolder(options.modelsFolder);
    this.#kept = new FileConfigstore(this.#folder);
    this.#timers = [
      setInterval(() => this.#noticeSilence(), quietMs / 3),
      setInterval(() => void this.#dropExpired(), cleanEveryMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  static async open(options: StoredUploadsOptions): Promise<StoredUploads> {
    const uploads = new StoredUploads(options);
    await uploads.#readKept();
    await uploads.#dropExpired();
    return uploads;
  }

  list(): readonly Upload[] {
    return [...this.#records.values()]
      .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
      .map((record) => this.#shown(record));
  }

  async drop(id: string): Promise<void> {
    const record = this.#records.get(id);
    if (record === undefined) throw new ImpetusError('not_found', 'There is no such upload any more.');
    if (record.state === 'checking') {
      throw new ImpetusError('conflict', `${record.name} is whole and is being put into its place.`);
    }
    await this.#forget(record);
  }

  handle(request: IncomingMessage, response: ServerResponse, sender: Sender): Promise<void> {
    const tus = (this.#tus ??= this.#createTus());
    return this.#asking.run(sender, () => tus.handle(request, response));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const { claim } of this.#records.values()) claim?.[Symbol.dispose]();
    await Promise.resolve();
  }

  #createTus(): Server {
    return new Server({
      path: uploadsPath,
      locker: new UploadLocks(),
      relativeLocation: true,
      // Other origins were refused before.
      allowedOrigins: () => false,
      datastore: new ModelStore({
        folder: this.#folder,
        arrivalOf: (id) => this.#records.get(id)?.arrival,
        onProgress: (id, received) => this.#progress(id, received),
        onRemove: (id) =>
          this.#audited('delete', this.#records.get(id)?.name ?? id, () => this.#forget(this.#require(id))),
      }),
      onUploadCreate: async (_, { id, size, metadata }) => {
        await mkdir(this.#folder, { recursive: true });
        const begin = () => this.#begin(id, size ?? 0, metadata ?? {});
        return { metadata: await this.#audited('create', metadata?.['filename'] ?? id, begin) };
      },
      onIncomingRequest: async (request, id) => this.#requireKnown(request.method, id),
      onUploadFinish: async (_, { id }) => {
        const record = this.#require(id);
        await this.#audited('finish', record.name, () => this.#finish(record));
        return {};
      },
      onResponseError: (_, error) => this.#refusal(error),
    });
  }

  /** Throws why it cannot come, before a byte of it is sent. */
  async #begin(id: string, sizeBytes: number, given: Metadata): Promise<Record<string, string | null>> {
    const name = nameIn(given);
    const { modelsFolder, disk } = this.#options;
    if (sizeBytes <= 0) throw new ImpetusError('invalid_request', `${name} is empty.`);
    const other = [...this.#records.values()].find((record) => record.name === name && isOpen(record));
    if (other !== undefined) {
      throw new ImpetusError(
        'conflict',
        `${name} is on its way already: ${other.senderName} began it. Go on with that one, or drop it first.`,
      );
    }
    if ((await stat(join(modelsFolder, name)).catch(() => null)) !== null) {
      throw new ImpetusError(
        'conflict',
        `There is a file ${name} in the models folder already. Remove it first, or send this one under another name.`,
      );
    }
    const claim = await disk.claim(modelsFolder, sizeBytes);
    const metadata = {
      filename: name,
      sha256: hashIn(given),
      sender: this.#asking.getStore()?.principal.name ?? 'Somebody',
      startedAt: new Date().toISOString(),
    };
    this.#add({ id, sizeBytes, metadata, receivedBytes: 0, lastAt: Date.now(), claim });
    return metadata;
  }

  #add(known: {
    readonly id: string;
    readonly sizeBytes: number;
    readonly metadata: Metadata;
    readonly receivedBytes: number;
    readonly lastAt: number;
    readonly claim: UploadRecord['claim'];
  }): UploadRecord {
    const { id, sizeBytes, metadata, receivedBytes, lastAt, claim } = known;
    const record: UploadRecord = {
      id,
      name: metadata['filename'] ?? id,
      sizeBytes,
      senderName: metadata['sender'] ?? 'Somebody',
      startedAt: metadata['startedAt'] ?? new Date(lastAt).toISOString(),
      arrival: new Arrival(join(this.#folder, id), sizeBytes),
      expectedSha256: metadata['sha256'] ?? null,
      receivedBytes,
      lastAt,
      state: receivedBytes === 0 && claim !== null ? 'receiving' : 'interrupted',
      sha256: null,
      modelId: null,
      error: null,
      claim,
    };
    this.#records.set(id, record);
    this.#tell(record);
    return record;
  }

  /** What was on its way when the agent stopped. */
  async #readKept(): Promise<void> {
    for (const id of await this.#kept.list().catch(() => [])) {
      const [kept, stats] = await Promise.all([
        this.#kept.get(id),
        stat(join(this.#folder, id)).catch(() => null),
      ]);
      // Its file went first; the agent ended before its entry did.
      if (stats === null) await this.#kept.delete(id).catch(() => {});
      if (kept?.size === undefined || stats === null) continue;
      const claim = await this.#options.disk
        .claim(this.#options.modelsFolder, kept.size - stats.size)
        .catch(() => null);
      const record = this.#add({
        id,
        sizeBytes: kept.size,
        metadata: kept.metadata ?? {},
        receivedBytes: stats.size,
        lastAt: stats.mtimeMs,
        claim,
      });
      // All of it came, and the agent ended before it was in its place.
      if (stats.size === kept.size)
        await this.#audited('finish', record.name, () => this.#finish(record)).catch(() => {});
    }
  }

  /** tus answers past the hooks that write of other requests into the audit. */
  async #audited<T>(
    verb: 'create' | 'finish' | 'delete',
    subject: string,
    task: () => Promise<T>,
  ): Promise<T> {
    const sender = this.#asking.getStore();
    const entry = { action: `uploads.${verb}`, subject: subject.slice(0, 200), ...sender };
    try {
      const result = await task();
      this.#options.audit.record(entry);
      return result;
    } catch (error) {
      const known = toImpetusError(error);
      this.#options.audit.record({ ...entry, outcome: outcomeOf(known), detail: { code: known.code } });
      throw error;
    }
  }

  #progress(id: string, received: number): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    record.receivedBytes = received;
    record.lastAt = Date.now();
    record.state = 'receiving';
    record.error = null;
    record.claim?.written(received);
    if (record.lastAt - (this.#told.get(id) ?? 0) >= tellEveryMs) this.#tell(record);
  }

  async #finish(record: UploadRecord): Promise<void> {
    const path = join(this.#folder, record.id);
    record.state = 'checking';
    this.#tell(record);
    try {
      record.sha256 = await hashOf(record);
      const { name, sha256, expectedSha256 } = record;
      record.modelId = await finishUpload({ path, name, sha256, expectedSha256 }, this.#options);
      record.state = 'done';
      this.#options.log.info({ name, model: record.modelId }, 'A model was uploaded.');
    } catch (error) {
      this.#fail(record, error);
      throw error;
    } finally {
      await this.#clear(record);
      this.#tell(record);
    }
  }

  #fail(record: UploadRecord, error: unknown): void {
    const known = toImpetusError(error);
    if (known.code === 'internal')
      this.#options.log.error({ err: error }, 'An upload could not be finished.');
    record.state = 'failed';
    record.error = known.toWire();
  }

  /** Nothing of it stays in the folder of unfinished ones. */
  async #clear({ id, claim }: UploadRecord): Promise<void> {
    claim?.[Symbol.dispose]();
    await rm(join(this.#folder, id), { force: true });
    await this.#kept.delete(id).catch(() => {});
  }

  #require(id: string): UploadRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw new ImpetusError('not_found', 'There is no such upload any more.');
    return record;
  }

  #requireKnown(method: string, id: string): void {
    if (method === 'POST') return;
    const record = this.#require(id);
    if (!isOpen(record))
      throw new ImpetusError('not_found', `${record.name} is over and cannot be gone on with.`);
  }

  /** What a client hears. Statuses that tus clients take for a passing trouble are kept from lasting refusals. */
  #refusal(error: Error | { readonly status_code: number; readonly body: string }) {
    if (!(error instanceof ImpetusError)) return undefined;
    const status = error.code === 'conflict' ? 422 : httpStatus[error.code];
    return { status_code: status, body: JSON.stringify({ error: error.toWire() }) };
  }

  #noticeSilence(): void {
    for (const record of this.#records.values()) {
      if (record.state !== 'receiving' || Date.now() - record.lastAt < quietMs) continue;
      record.state = 'interrupted';
      this.#tell(record);
    }
  }

  async #dropExpired(): Promise<void> {
    const oldest = Date.now() - this.#maxAgeMs();
    for (const record of this.#records.values()) {
      if (record.state === 'checking' || record.lastAt >= oldest) continue;
      this.#options.log.info({ name: record.name }, 'An upload was not gone on with and is dropped.');
      await this.#forget(record);
    }
  }

  async #forget(record: UploadRecord): Promise<void> {
    this.#records.delete(record.id);
    await this.#clear(record);
    this.#options.feed.publish({ type: 'upload-gone', id: record.id });
  }

  #tell(record: UploadRecord): void {
    this.#told.set(record.id, Date.now());
    this.#options.feed.publish({ type: 'upload', upload: this.#shown(record) });
  }

  #shown(record: UploadRecord): Upload {
    return toUpload(record, { path: uploadsPath, maxAgeMs: this.#maxAgeMs() });
  }

  #maxAgeMs(): number {
    return this.#options.settings().uploadMaxAgeHours * 3_600_000;
  }
}

/** Known from the arrival; after a restart it is read from the disk once more. */
async function hashOf({ arrival, sizeBytes }: UploadRecord): Promise<string> {
  if (arrival.received !== sizeBytes) await arrival.write((async function* () {})(), sizeBytes, () => {});
  return arrival.digest();
}

function nameIn(metadata: Metadata): string {
  const sent = metadata['filename'] ?? metadata['name'] ?? '';
  const names = safePath(sent);
  const [name] = names;
  if (names.length === 1 && name !== undefined) return name;
  throw new ImpetusError('invalid_request', 'Send the name of the file alone, without folders.');
}

function hashIn(metadata: Metadata): string | null {
  const sent = metadata['sha256']?.toLowerCase() ?? '';
  return /^[0-9a-f]{64}$/u.test(sent) ? sent : null;
}
