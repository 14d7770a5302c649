import { netemLink } from './netem.ts';
import { relayedLink } from './relayed.ts';

/** Where the two ends of a link are, and how a program is started at each. */
export interface Link extends AsyncDisposable {
  readonly name: string;
  /** The address at which the server listens. */
  readonly host: string;
  readonly atServer: readonly string[];
  readonly atClient: readonly string[];
}

/** What a shaped link lets through, and how long that takes there and back. */
export interface Shape {
  readonly megabitsPerSecond: number;
  readonly roundTripMs: number;
}

const shape: Shape = { megabitsPerSecond: 200, roundTripMs: 50 };

export function loopback(): Link {
  return {
    name: 'loopback',
    host: '127.0.0.1',
    atServer: [],
    atClient: [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * Two network namespaces with a link of 200 Mbit/s and 50 ms between them: shaped by the kernel's netem where it has
 * it, else by a relay of ours between two TUN devices. A reason in words where neither can be.
 */
export async function shapedLink(): Promise<Link | string> {
  if (process.getuid?.() !== 0) return 'needs root, for network namespaces';
  const reasons: string[] = [];
  for (const shaped of [netemLink, relayedLink]) {
    try {
      return await shaped(shape);
    } catch (error) {
      reasons.push((error as Error).message.trim().split('\n')[0] ?? '');
    }
  }
  return `cannot be made here (${reasons.join('; ')})`;
}
