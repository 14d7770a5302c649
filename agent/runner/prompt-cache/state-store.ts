import { randomUUID } from 'node:crypto';
import type { LlamaContextSequence } from 'node-llama-cpp';
import type { PromptCacheOptions } from '@impetus/contracts';
import { commonPrefixLength } from '../plan.ts';
import { checksumOf } from './checksum.ts';
import { outOfBounds, superseded } from './retention.ts';
import { StateFolder } from './state-folder.ts';
import type { Origin, SealedState } from './state-record.ts';

/** What of a sequence is needed to write its history to a file and to read one. */
export type Movable = Pick<
  LlamaContextSequence,
  'saveStateToFile' | 'loadStateFromFile' | 'clearHistory' | 'contextTokens'
>;

/** A state on disk. Its checksum comes a little after the state itself. */
export interface StoredState extends Omit<SealedState, 'checksum'> {
  readonly id: string;
  readonly checksum: number | null;
}

/**
 * Histories on disk, and the way of histories from one sequence to another, which leads through a file.
 * Nothing here ever fails a request: what cannot be written is not kept, and what cannot be read is evaluated.
 */
export class StateStore {
  readonly #folder: StateFolder;
  readonly #options: PromptCacheOptions;
  readonly #states = new Map<string, StoredState>();
  readonly #sealing = new Map<string, Promise<void>>();
  #working = true;
  /** What the states so far took; null before the first. */
  #bytesPerToken: number | null = null;

  private constructor(folder: StateFolder, options: PromptCacheOptions) {
    this.#folder = folder;
    this.#options = options;
    for (const [id, state] of folder.read()) this.#states.set(id, { ...state, id });
    this.#dropOutOfBounds();
  }

  /** Null, after a line on stderr, where the folder cannot be used. */
  static open(options: PromptCacheOptions, origin: () => Origin): StateStore | null {
    try {
      return new StateStore(new StateFolder(options.folder, origin()), options);
    } catch (error) {
      complain(error);
      return null;
    }
  }

  /** False once something could not be written: then nothing is, until the model is loaded again. */
  get working(): boolean {
    return this.#working;
  }

  get states(): readonly StoredState[] {
    return [...this.#states.values()];
  }

  /** Writes what a sequence holds to disk, unless it is more than may be kept. */
  async save(sequence: Movable): Promise<void> {
    const tokens = Uint32Array.from(sequence.contextTokens);
    if (!this.#working || tokens.length * (this.#bytesPerToken ?? 0) > this.#options.maxBytes) return;
    const id = randomUUID();
    try {
      const { fileSize } = await sequence.saveStateToFile(this.#folder.partPath(id));
      this.#bytesPerToken = fileSize / tokens.length;
      if (fileSize > this.#options.maxBytes) {
        this.#folder.removePart(id);
        return;
      }
      this.#folder.finishPart(id, fileSize);
      const now = Date.now();
      const state = { id, tokens, bytes: fileSize, checksum: null, createdAt: now, usedAt: now };
      this.#states.set(id, state);
      for (const old of superseded(this.states, state)) this.#drop(old);
      this.#dropOutOfBounds();
      this.#sealing.set(id, this.#seal(state));
    } catch (error) {
      this.#folder.removePart(id);
      this.#stop(error);
    }
  }

  /** Puts a state into an empty sequence. False where it turned out to be none; the sequence is empty then. */
  async restore(id: string, sequence: Movable): Promise<boolean> {
    await this.#sealing.get(id);
    const state = this.#states.get(id);
    if (state === undefined) return false;
    const sound = (await this.#isSound(state)) && (await this.#load(state, sequence));
    if (sound) this.#used(state);
    else this.#drop(id);
    return sound;
  }

  /** Copies what one sequence holds into another, empty one. False where that failed; that one is empty then. */
  async copy(from: Movable, to: Movable): Promise<boolean> {
    if (!this.#working) return false;
    const id = randomUUID();
    const path = this.#folder.partPath(id);
    try {
      await from.saveStateToFile(path);
      await to.loadStateFromFile(path, { acceptRisk: true });
      return true;
    } catch (error) {
      this.#stop(error);
      await to.clearHistory();
      return false;
    } finally {
      this.#folder.removePart(id);
    }
  }

  /** Resolves when every state that was saved is sealed. */
  async settle(): Promise<void> {
    await Promise.all(this.#sealing.values());
  }

  async #seal(state: StoredState): Promise<void> {
    try {
      const checksum = await checksumOf(this.#folder.statePath(state.id));
      // It may have been dropped meanwhile.
      if (this.#states.has(state.id)) this.#keep({ ...state, checksum });
    } catch (error) {
      if (!this.#states.has(state.id)) return;
      this.#drop(state.id);
      this.#stop(error);
    } finally {
      this.#sealing.delete(state.id);
    }
  }

  async #isSound({ id, bytes, checksum }: StoredState): Promise<boolean> {
    try {
      const path = this.#folder.statePath(id);
      return this.#folder.size(id) === bytes && (await checksumOf(path)) === checksum;
    } catch {
      return false;
    }
  }

  async #load({ id, tokens }: StoredState, sequence: Movable): Promise<boolean> {
    try {
      await sequence.loadStateFromFile(this.#folder.statePath(id), { acceptRisk: true });
    } catch {
      await sequence.clearHistory();
      return false;
    }
    const held = sequence.contextTokens;
    if (held.length === tokens.length && commonPrefixLength(held, tokens) === tokens.length) return true;
    await sequence.clearHistory();
    return false;
  }

  #used(state: StoredState): void {
    try {
      this.#keep({ ...state, usedAt: Date.now() });
    } catch (error) {
      this.#stop(error);
    }
  }

  #keep(state: StoredState): void {
    const { id, checksum, ...rest } = state;
    this.#states.set(id, state);
    if (checksum !== null) this.#folder.seal(id, { ...rest, checksum });
  }

  #dropOutOfBounds(): void {
    for (const id of outOfBounds(this.states, this.#options, Date.now())) this.#drop(id);
  }

  #drop(id: string): void {
    this.#states.delete(id);
    try {
      this.#folder.remove(id);
    } catch (error) {
      this.#stop(error);
    }
  }

  #stop(error: unknown): void {
    if (this.#working) complain(error);
    this.#working = false;
  }
}

function complain(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The prompt cache keeps nothing on disk from now on: ${why}\n`);
}
