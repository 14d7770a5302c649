import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecord, writeRecord, type Origin, type SealedState } from './state-record.ts';

/**
 * The folder of a model's states: `<id>.state` is what llama.cpp wrote, `<id>.json` is the record that makes it
 * one to be believed. Both come into being under other names, so that a crash leaves nothing that looks whole.
 */
export class StateFolder {
  readonly #path: string;
  readonly #origin: Origin;

  /** Throws where the folder cannot be made. Only its owner may look inside: states are conversations. */
  constructor(path: string, origin: Origin) {
    this.#path = path;
    this.#origin = origin;
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  /** The states that are whole and fit. Everything else of ours is removed. */
  read(): ReadonlyMap<string, SealedState> {
    const states = new Map<string, SealedState>();
    const names = readdirSync(this.#path);
    for (const id of idsIn(names)) {
      const state = this.#readOne(id);
      if (state === null) this.remove(id);
      else states.set(id, state);
    }
    for (const name of names.filter((other) => other.endsWith('.part'))) rmSync(join(this.#path, name));
    return states;
  }

  #readOne(id: string): SealedState | null {
    try {
      const state = readRecord(readFileSync(this.#recordPath(id), 'utf8'), this.#origin);
      return state !== null && this.size(id) === state.bytes ? state : null;
    } catch {
      // No record, or no state beside it.
      return null;
    }
  }

  statePath(id: string): string {
    return join(this.#path, `${id}.state`);
  }

  /** Where a state is written before it is whole. */
  partPath(id: string): string {
    return `${this.statePath(id)}.part`;
  }

  #recordPath(id: string): string {
    return join(this.#path, `${id}.json`);
  }

  /** Size of a state's file in bytes. Throws where there is none. */
  size(id: string): number {
    return statSync(this.statePath(id)).size;
  }

  /** The part is complete. Throws where it is not as long as llama.cpp said: a full disk is noticed late. */
  finishPart(id: string, bytes: number): void {
    const written = statSync(this.partPath(id)).size;
    if (written !== bytes) throw new Error(`only ${written} of ${bytes} bytes were written`);
    renameSync(this.partPath(id), this.statePath(id));
  }

  removePart(id: string): void {
    rmSync(this.partPath(id), { force: true });
  }

  seal(id: string, state: SealedState): void {
    const part = `${this.#recordPath(id)}.part`;
    writeFileSync(part, writeRecord(this.#origin, state), { mode: 0o600 });
    renameSync(part, this.#recordPath(id));
  }

  /** The record first: a state without one is never believed. */
  remove(id: string): void {
    rmSync(this.#recordPath(id), { force: true });
    rmSync(this.statePath(id), { force: true });
  }
}

function idsIn(names: readonly string[]): ReadonlySet<string> {
  const ours = /^([0-9a-f-]{36})\.(?:json|state)$/u;
  return new Set(names.flatMap((name) => ours.exec(name)?.[1] ?? []));
}
