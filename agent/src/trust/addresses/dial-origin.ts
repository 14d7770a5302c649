import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { TrustOrigin } from '@impetus/contracts';
import { settledWithin } from '../../platform/deadline.ts';
import { dial, type Call, type DialResult } from './dial.ts';
import type { OriginTarget } from './origins.ts';

const lookupMs = 2500;

export interface DialOptions extends Omit<Call, 'address' | 'host'> {
  /** Asks the network for the addresses of a name where this computer's own resolver knows none. */
  readonly ask: (host: string) => Promise<readonly string[]>;
}

async function resolved(host: string): Promise<string | null> {
  let address: string | null = null;
  const looking = lookup(host).then(
    (found) => {
      ({ address } = found);
    },
    () => {},
  );
  await settledWithin(lookupMs, looking);
  return address;
}

/** Where a host is: an address is its own; a name is asked of this computer, then of the network. */
async function addressOf(host: string, ask: DialOptions['ask']): Promise<string | null> {
  if (isIP(host) !== 0) return host;
  return (await resolved(host)) ?? (await ask(host))[0] ?? null;
}

const unknownName: DialResult = {
  reachable: false,
  problem: 'Nothing on this network knows the name; use an address instead.',
};

/** Dials an origin as a device would. */
export async function dialOrigin(
  { url, host }: OriginTarget,
  { ask, ...call }: DialOptions,
): Promise<TrustOrigin> {
  const address = await addressOf(host, ask);
  const result = address === null ? unknownName : await dial({ ...call, host, address });
  return { url, ...result, checkedAt: new Date().toISOString() };
}
