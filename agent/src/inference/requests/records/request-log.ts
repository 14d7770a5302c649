import {
  ImpetusError,
  type AgentSettings,
  type CapturedText,
  type ListRequestsInput,
  type RequestDetail,
  type RequestEvent,
  type RequestPage,
  type RequestRecord,
} from '@impetus/contracts';
import { z } from 'zod';
import type { Db } from '../../../db/connection.ts';
import { oneAtATime } from '../../../db/one-at-a-time.ts';
import type { EventBus } from '../../../events/bus.ts';
import type { Log } from '../../../log/types.ts';
import type { Account, AccountListener } from '../account.ts';
import { sizeOf } from '../text/captured-text.ts';
import { TextStore } from '../text/text-store.ts';
import type { RequestLog } from '../types.ts';
import { RecordStore, type EndedRequest } from './record-store.ts';
import { RecordWriter } from './record-writer.ts';
import { RequestFeed } from './request-feed.ts';
import { removeWhatIsOld } from './retention.ts';

const hourMs = 60 * 60 * 1_000;
const recordId = z.uuid();

export interface RequestLogOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly log: Log;
  readonly settings: () => AgentSettings;
}

/** The records of requests: of those under way from their accounts, of those that ended from the database. */
export class StoredRequestLog implements RequestLog, AccountListener, AsyncDisposable {
  readonly #options: RequestLogOptions;
  /** In the order of their arrival. */
  readonly #underWay = new Map<string, Account>();
  readonly #records: RecordStore;
  readonly #texts: TextStore;
  readonly #writer: RecordWriter;
  readonly #feed = new RequestFeed(() => this.#underWay.values().map((account) => account.record()));
  readonly #inTurn = oneAtATime();
  readonly #stopSweeping = new DisposableStack();

  private constructor(options: RequestLogOptions, texts: TextStore) {
    const { db, log } = options;
    this.#options = options;
    this.#records = new RecordStore(db);
    this.#texts = texts;
    this.#writer = new RecordWriter({
      store: this.#records,
      log,
      onWritten: (written) => this.#written(written),
    });
  }

  /** Opens the log and removes, from now on and in its own time, what is too old. */
  static async open(options: RequestLogOptions): Promise<StoredRequestLog> {
    const requests = new StoredRequestLog(options, await TextStore.open(options.db));
    requests.#keepSweeping();
    return requests;
  }

  /** How many requests are under way: with a runner, and before one. */
  counts(): { readonly active: number; readonly queued: number } {
    let active = 0;
    for (const { progress } of this.#underWay.values()) if (progress.admittedAt !== null) active += 1;
    return { active, queued: this.#underWay.size - active };
  }

  async list(input: ListRequestsInput): Promise<RequestPage> {
    const { before, limit, outcome } = input;
    if (before !== undefined && !recordId.safeParse(before).success) throw noSuchPage();
    const running = before === undefined ? this.#running(input) : [];
    if (outcome === 'running') return { records: running, next: null };
    await this.#writer.flush();
    const ended = await this.#records.page(input, limit + 1);
    const records = ended.slice(0, limit);
    return {
      records: [...running, ...records],
      next: ended.length > limit ? (records.at(-1)?.id ?? null) : null,
    };
  }

  async get(id: string): Promise<RequestDetail> {
    const account = this.#underWay.get(id);
    if (account !== undefined) return { record: account.record(), text: account.text() };
    await this.#writer.flush();
    const record = await this.#records.find(id);
    if (record !== undefined) return { record, text: await this.#texts.find(id) };
    throw new ImpetusError(
      'not_found',
      'There is no record of this request. It may have been too old to keep.',
      {
        param: 'id',
      },
    );
  }

  watch(signal: AbortSignal): AsyncIterable<RequestEvent> {
    return this.#feed.watch(signal);
  }

  async forgetText(): Promise<void> {
    for (const account of this.#underWay.values()) account.forgetText();
    this.#writer.forgetText();
    // What is being written just now has to be there to be forgotten.
    await this.#writer.flush();
    await this.#inTurn(() => this.#texts.forgetAll());
  }

  opened(account: Account): void {
    this.#underWay.set(account.progress.facts.id, account);
    this.#feed.changed(() => account.record(), true);
  }

  changed(account: Account): void {
    this.#feed.changed(() => account.record());
  }

  ended(account: Account): void {
    this.#underWay.delete(account.progress.facts.id);
    // The owner may have changed their mind since the request began.
    if (!this.#options.settings().captureText) account.forgetText();
    const record = account.record();
    this.#writer.add({ record, text: account.text() });
    this.#feed.changed(() => record);
  }

  /** Those under way that match, newest first. */
  #running({ modelId, requesterId, outcome }: ListRequestsInput): RequestRecord[] {
    if (outcome !== undefined && outcome !== 'running') return [];
    return [...this.#underWay.values()]
      .filter(({ progress: { facts } }) => modelId === undefined || facts.modelId === modelId)
      .filter(({ progress: { facts } }) => requesterId === undefined || facts.requesterId === requesterId)
      .map((account) => account.record())
      .toReversed();
  }

  async #written(written: readonly EndedRequest[]): Promise<void> {
    const bytes = written.reduce((sum, { text }) => sum + bytesOf(text), 0);
    if (bytes > 0) await this.#texts.added(bytes, this.#options.settings().captureMaxBytes);
  }

  #keepSweeping(): void {
    const sweep = () => void this.#sweep();
    const timer = setInterval(sweep, hourMs).unref();
    this.#stopSweeping.defer(() => clearInterval(timer));
    this.#stopSweeping.use(this.#options.bus.on('agent-settings-changed', sweep));
    sweep();
  }

  #sweep(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#stopSweeping.disposed) return;
      try {
        await removeWhatIsOld({
          records: this.#records,
          texts: this.#texts,
          settings: this.#options.settings(),
          now: Date.now(),
          onRemoved: (ids) => this.#feed.removed(ids),
        });
      } catch (error) {
        this.#options.log.warn({ err: error }, 'Old records of requests could not be removed.');
      }
    });
  }

  /** Ends what is still under way and writes everything that is not written yet. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopSweeping.dispose();
    const stopping = new ImpetusError('shutting_down', 'The agent stopped before the answer was complete.');
    for (const account of this.#underWay.values()) account.fail(stopping);
    await this.#inTurn(() => Promise.resolve());
    await this.#writer[Symbol.asyncDispose]();
  }
}

function bytesOf(text: CapturedText | null): number {
  return text === null ? 0 : sizeOf(text);
}

function noSuchPage(): ImpetusError {
  return new ImpetusError(
    'invalid_request',
    '“before” is not the id of a record. Ask for the newest page again.',
    {
      param: 'before',
    },
  );
}
