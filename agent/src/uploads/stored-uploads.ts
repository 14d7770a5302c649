import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  ImpetusError,
  toImpetusError,
  uploadsPath,
  type AgentSettings,
  type Upload,
} from '@impetus/contracts';
import type { Audit } from '../auth/types.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import type { DiskReserve, ModelCatalogue } from '../models/types.ts';
import { Arrival } from './arrival.ts';
import { announced, type Metadata } from './announced.ts';
import { auditedUpload } from './audited-upload.ts';
import { finishUpload } from './finish.ts';
import { KeptUploads } from './kept-uploads.ts';
import type { Sender, Uploads } from './types.ts';
import { isOpen, toUpload, type UploadRecord } from './upload-record.ts';
import { UploadServer, type Receiver } from './upload-server.ts';

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

/** Where uploads are until they are whole: in the models folder, so that they get into their place in one step. */
export function uploadsFolder(modelsFolder: string): string {
  return join(modelsFolder, unfinishedFolder);
}

/** Uploads that survive a lost connection and a restart of the agent. */
export class StoredUploads implements Uploads, Receiver {
  readonly #options: StoredUploadsOptions;
  readonly #kept: KeptUploads;
  readonly #server: UploadServer;
  readonly #records = new Map<string, UploadRecord>();
  readonly #told = new Map<string, number>();
  readonly #timers: readonly NodeJS.Timeout[];

  private constructor(options: StoredUploadsOptions) {
    this.#options = options;
    const folder = uploadsFolder(options.modelsFolder);
    this.#kept = new KeptUploads(folder);
    this.#server = new UploadServer({ folder, receiver: this, audit: options.audit });
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
    return this.#server.handle(request, response, sender);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const { claim } of this.#records.values()) claim?.[Symbol.dispose]();
    await Promise.resolve();
  }

  /** Throws why it cannot come, before a byte of it is sent. */
  async begin(id: string, sizeBytes: number, given: Metadata, senderName: string): Promise<Metadata> {
    const { name, sha256 } = announced(given);
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
    const metadata = { filename: name, sha256, sender: senderName, startedAt: new Date().toISOString() };
    this.#add({ id, sizeBytes, metadata, receivedBytes: 0, lastAt: Date.now(), claim });
    return metadata;
  }

  nameOf(id: string): string {
    return this.#records.get(id)?.name ?? id;
  }

  expectOpen(id: string): void {
    const record = this.#require(id);
    if (!isOpen(record))
      throw new ImpetusError('not_found', `${record.name} is over and cannot be gone on with.`);
  }

  arrivalOf(id: string): Arrival | undefined {
    return this.#records.get(id)?.arrival;
  }

  progress(id: string, received: number): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    record.receivedBytes = received;
    record.lastAt = Date.now();
    record.state = 'receiving';
    record.error = null;
    record.claim?.written(received);
    if (record.lastAt - (this.#told.get(id) ?? 0) >= tellEveryMs) this.#tell(record);
  }

  cut(id: string): void {
    const record = this.#records.get(id);
    if (record !== undefined) this.#interrupt(record);
  }

  async brokeOff(id: string, error: ImpetusError): Promise<void> {
    const record = this.#records.get(id);
    if (record === undefined || !isOpen(record)) return;
    if (error.code === 'disk_full') {
      record.state = 'interrupted';
      record.error = error.toWire();
    } else if (error.code === 'unsupported_media_type' || error.code === 'invalid_request') {
      // No more of it would make a model of it.
      this.#fail(record, error);
      await this.#clear(record);
    } else return;
    this.#tell(record);
  }

  finish(id: string): Promise<void> {
    return this.#finish(this.#require(id));
  }

  remove(id: string): Promise<void> {
    return this.#forget(this.#require(id));
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
      arrival: new Arrival(this.#kept.pathOf(id), sizeBytes),
      expectedSha256: metadata['sha256'] ?? null,
      receivedBytes,
      lastAt,
      state: receivedBytes === 0 && claim !== null ? 'receiving' : 'interrupted',
      sha256: null,
      modelId: null,
      wasHere: false,
      error: null,
      claim,
    };
    this.#records.set(id, record);
    this.#tell(record);
    return record;
  }

  /** What was on its way when the agent stopped. */
  async #readKept(): Promise<void> {
    const { disk, modelsFolder, audit } = this.#options;
    for (const kept of await this.#kept.list()) {
      const { sizeBytes, receivedBytes } = kept;
      const claim = await disk.claim(modelsFolder, sizeBytes, receivedBytes).catch(() => null);
      const record = this.#add({ ...kept, claim });
      if (receivedBytes !== sizeBytes) continue;
      // All of it came, and the agent ended before it was in its place.
      const entry = { verb: 'finish', subject: record.name, sender: undefined } as const;
      await auditedUpload(audit, entry, () => this.#finish(record)).catch(() => {});
    }
  }

  async #finish(record: UploadRecord): Promise<void> {
    const path = this.#kept.pathOf(record.id);
    record.state = 'checking';
    this.#tell(record);
    try {
      record.sha256 = await hashOf(record);
      const { name, sha256, expectedSha256 } = record;
      const { modelId, wasHere } = await finishUpload({ path, name, sha256, expectedSha256 }, this.#options);
      record.modelId = modelId;
      record.wasHere = wasHere;
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
    await this.#kept.forget(id);
  }

  #require(id: string): UploadRecord {
    const record = this.#records.get(id);
    if (record === undefined) throw new ImpetusError('not_found', 'There is no such upload any more.');
    return record;
  }

  #noticeSilence(): void {
    for (const record of this.#records.values()) {
      if (Date.now() - record.lastAt >= quietMs) this.#interrupt(record);
    }
  }

  #interrupt(record: UploadRecord): void {
    if (record.state !== 'receiving') return;
    record.state = 'interrupted';
    this.#tell(record);
  }

  async #dropExpired(): Promise<void> {
    const oldest = Date.now() - this.#maxAgeMs();
    for (const record of this.#records.values()) {
      if (record.state === 'checking' || record.lastAt >= oldest) continue;
      this.#options.log.info({ name: record.name }, 'An upload was not gone on with and is dropped.');
      await this.#forget(record);
    }
    await this.#kept.sweep(oldest);
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
