import { isDiskFull } from '../../platform/disk-errors.ts';
import { blockBytesFor, halfOfLongest, nextBlock } from './blocks.ts';
import { afterFailure, afterMeasure, oneConnection, type Connections } from './connections.ts';
import { TransferError } from './errors.ts';
import { openRange, type RangeClient } from './open-range.ts';
import type { PartFile } from './part-file.ts';
import { bytesIn, gapsIn, type Range } from './ranges.ts';
import { Pieces, readBody } from './read-body.ts';
import type { TokenBucket } from './token-bucket.ts';

/** Where a file's bytes are now. */
export interface Locator {
  /** The address; asked of the Hub when there is none, or the last one was given up. */
  locate(signal: AbortSignal): Promise<string>;
  /** The address does not work any more. */
  giveUp(address: string): void;
}

export interface TransferOptions {
  readonly part: PartFile;
  readonly locator: Locator;
  readonly client: RangeClient;
  readonly bucket: TokenBucket;
  readonly mostConnections: () => number;
  readonly signal: AbortSignal;
  /** Bytes that came, whether they are proven yet or not. */
  readonly onBytes: (bytes: number) => void;
  /** More of the file is proven. */
  readonly onVerified: () => void;
  readonly onConnections: (count: number) => void;
}

const measureMs = 700;
const syncMs = 5_000;

/**
 * Fetches what is missing of a file, over as many connections as the link rewards. One that fails leaves its work to
 * the others; when the last one fails, so does this. What had come until then is kept.
 */
export async function transfer(options: TransferOptions): Promise<void> {
  await new Transfer(options).run();
}

class Transfer {
  readonly #options: TransferOptions;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  /** What each connection still has to bring. */
  readonly #active = new Map<symbol, Range>();
  readonly #running = new Set<Promise<void>>();
  readonly #pieces = new Pieces();
  #connections: Connections = oneConnection;
  #etag: string | null = null;
  #knowsRanges = true;
  #failure: unknown = null;
  readonly #began = performance.now();
  /** Since the last measure. */
  #bytes = 0;
  #bytesPerSecond = 0;

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
  }

  async run(): Promise<void> {
    const { part } = this.#options;
    const measuring = setInterval(() => this.#measure(), measureMs);
    const syncing = setInterval(() => void part.sync().catch((error: unknown) => this.#fail(error)), syncMs);
    try {
      this.#fill();
      while (this.#running.size > 0) await Promise.race(this.#running);
    } finally {
      clearInterval(measuring);
      clearInterval(syncing);
      this.#stop.abort();
      await Promise.allSettled(this.#running);
      this.#options.onConnections(0);
    }
    this.#options.signal.throwIfAborted();
    if (this.#left() > 0) throw this.#failure ?? new TransferError('network', 'The download stopped.');
  }

  /** Starts connections up to the number that is wanted, as long as there is work for them. */
  #fill(): void {
    const most = this.#knowsRanges ? Math.max(1, this.#options.mostConnections()) : 1;
    while (this.#active.size < Math.min(most, this.#connections.target) && !this.#signal.aborted) {
      const id = Symbol('connection');
      const block = this.#take(id);
      if (block === null) return;
      const running = this.#connect(id, block).finally(() => {
        this.#running.delete(running);
        this.#active.delete(id);
        this.#options.onConnections(this.#active.size);
        if (this.#failure === null) this.#fill();
      });
      this.#running.add(running);
      this.#options.onConnections(this.#active.size);
    }
  }

  #take(id: symbol): Range | null {
    const { part } = this.#options;
    const { size } = part.header;
    const others = [...this.#active].filter(([other]) => other !== id).map(([, range]) => range);
    if (!this.#knowsRanges) {
      if (others.length > 0 || this.#left() === 0) return null;
      this.#active.set(id, { from: 0, to: size });
      return { from: 0, to: size };
    }
    const count = Math.max(1, this.#connections.target);
    const blockBytes = blockBytesFor(this.#speed() / count, this.#left(), count);
    const block =
      nextBlock({ size, verified: part.verified, taken: others, blockBytes }) ?? this.#takeOver(others);
    if (block === null) this.#active.delete(id);
    else this.#active.set(id, block);
    return block;
  }

  /** The one that fetches the block stops before what is taken over. */
  #takeOver(others: readonly Range[]): Range | null {
    const found = halfOfLongest(others);
    if (found === null) return null;
    const { of, half } = found;
    const [owner] = [...this.#active].find(([, range]) => range === of) ?? [];
    if (owner !== undefined) this.#active.set(owner, { from: of.from, to: half.from });
    return half;
  }

  /** As last measured; until then, since the beginning. */
  #speed(): number {
    const seconds = (performance.now() - this.#began) / 1000;
    return this.#bytesPerSecond > 0 || seconds <= 0 ? this.#bytesPerSecond : this.#bytes / seconds;
  }

  #left(): number {
    const { part } = this.#options;
    return bytesIn(gapsIn(part.verified, part.header.size));
  }

  /** One connection: block after block, until there is no more, or it fails. */
  async #connect(id: symbol, first: Range): Promise<void> {
    let block: Range | null = first;
    let renewed = false;
    while (block !== null) {
      const address = await this.#locate();
      if (address === null) return;
      try {
        await this.#fetch(id, address, block);
        renewed = false;
        if (this.#active.size > this.#connections.target) return;
        block = this.#take(id);
      } catch (error) {
        if (this.#signal.aborted) return;
        const kind = error instanceof TransferError ? error.kind : null;
        const refused = kind === 'refused' || kind === 'gone';
        if (refused || kind === 'nonsense') this.#options.locator.giveUp(address);
        // A signed address runs out: once more with a new one, and only then is it a refusal.
        if (refused && !renewed) {
          renewed = true;
          block = this.#take(id);
        } else {
          // The Hub itself said yes; what it cannot see is trouble of the server that has the bytes.
          this.#fail(refused ? stillRefused(error) : error);
          return;
        }
      }
    }
  }

  async #locate(): Promise<string | null> {
    try {
      return await this.#options.locator.locate(this.#signal);
    } catch (error) {
      if (!this.#signal.aborted) this.#fail(error);
      return null;
    }
  }

  async #fetch(id: symbol, url: string, block: Range): Promise<void> {
    const { part, client, bucket } = this.#options;
    const { size } = part.header;
    const range = this.#knowsRanges ? block : null;
    const answer = await openRange(client, { url, range, size, etag: this.#etag, signal: this.#signal });
    this.#etag ??= answer.etag;
    if (answer.kind === 'whole' && block.to - block.from < size) {
      this.#knowsRanges = false;
      this.#connections = { ...this.#connections, target: 1 };
      if (this.#active.size > 1) {
        // The last one to let go reads the whole file.
        answer.body.destroy();
        this.#active.delete(id);
        return;
      }
      this.#active.set(id, { from: 0, to: size });
    }
    await readBody({
      body: answer.body,
      range: answer.kind === 'whole' ? { from: 0, to: size } : block,
      end: () => this.#active.get(id)?.to ?? block.to,
      part,
      bucket,
      pieces: this.#pieces,
      silenceMs: client.timing.silenceMs,
      signal: this.#signal,
      onBytes: (bytes) => {
        this.#bytes += bytes;
        this.#options.onBytes(bytes);
      },
      onWritten: (position) => {
        const rest = this.#active.get(id);
        if (rest !== undefined) {
          // Not beyond its end, where another connection took over what was on its way already.
          const from = Math.min(rest.to, Math.max(rest.from, position));
          this.#active.set(id, { from, to: rest.to });
        }
        this.#options.onVerified();
      },
    });
  }

  /** With others at work the failure is theirs to make up for; a full disk or another file ends it for all. */
  #fail(error: unknown): void {
    const final =
      isDiskFull(error) ||
      !(error instanceof TransferError) ||
      error.kind === 'changed' ||
      this.#running.size <= 1;
    const waitMs = error instanceof TransferError ? (error.retryAfterSeconds ?? 5) * 1000 : 0;
    this.#connections = afterFailure(this.#connections, performance.now(), waitMs);
    if (!final) return;
    this.#failure ??= error;
    this.#stop.abort();
  }

  #measure(): void {
    this.#bytesPerSecond = (this.#bytes / measureMs) * 1000;
    this.#bytes = 0;
    if (this.#active.size < this.#connections.target) {
      this.#fill();
      return;
    }
    this.#connections = afterMeasure(this.#connections, {
      bytesPerSecond: this.#bytesPerSecond,
      now: performance.now(),
      most: Math.max(1, this.#options.mostConnections()),
    });
    this.#fill();
  }
}

function stillRefused(cause: unknown): TransferError {
  return new TransferError('nonsense', 'The server refuses an address that the Hub has just given out.', {
    cause,
  });
}
