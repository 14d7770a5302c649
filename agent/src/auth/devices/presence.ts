import type { Principal } from '../types.ts';

/** Which devices have a connection open. */
export class Presence {
  readonly #connections = new Map<string, number>();

  /** Counts a connection until the answer is disposed. */
  enter({ deviceId }: Pick<Principal, 'deviceId'>): Disposable {
    if (deviceId === null) return { [Symbol.dispose]() {} };
    this.#connections.set(deviceId, (this.#connections.get(deviceId) ?? 0) + 1);
    return {
      [Symbol.dispose]: () => {
        const left = (this.#connections.get(deviceId) ?? 1) - 1;
        if (left === 0) this.#connections.delete(deviceId);
        else this.#connections.set(deviceId, left);
      },
    };
  }

  isOnline(deviceId: string): boolean {
    return this.#connections.has(deviceId);
  }
}
