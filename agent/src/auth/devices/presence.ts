import type { Principal } from '../types.ts';

/** Which devices have a connection open. */
export class Presence {
  readonly #changed: () => void;
  readonly #connections = new Map<string, number>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Counts a connection until the answer is disposed. */
  enter({ deviceId }: Pick<Principal, 'deviceId'>): Disposable {
    if (deviceId === null) return { [Symbol.dispose]() {} };
    this.#count(deviceId, 1);
    return {
      [Symbol.dispose]: () => this.#count(deviceId, -1),
    };
  }

  isOnline(deviceId: string): boolean {
    return this.#connections.has(deviceId);
  }

  #count(deviceId: string, change: 1 | -1): void {
    const before = this.#connections.get(deviceId) ?? 0;
    if (before + change > 0) this.#connections.set(deviceId, before + change);
    else this.#connections.delete(deviceId);
    if (before === 0 || before + change === 0) this.#changed();
  }
}
