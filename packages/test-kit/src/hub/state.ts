import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from './faults.ts';
import type { LocalRepo } from './repo.ts';

export interface LocalHubOptions {
  readonly repos: readonly LocalRepo[];
  readonly port?: number;
  readonly cdnPort?: number;
  /** It speaks https then. PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Where it listens; another machine, or a network namespace, needs another one than loopback. */
  readonly host?: string;
  /** Faults with a chance strike by it. */
  readonly seed?: number;
  /** For one connection. */
  readonly bytesPerSecond?: number;
  /** How long a signed address holds. */
  readonly signedForMs?: number;
  /** Requests to its own address that are answered in each five minutes; those beyond get a 429. */
  readonly requestsPerWindow?: number;
}

/** One request that came, and what of it was sent. */
export interface HubRequestRecord {
  readonly server: 'hub' | 'cdn';
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  /** Whether a token came along. */
  readonly authorised: boolean;
  status: number;
  /** The bytes of the file that were sent, from and to before. */
  sent: readonly [number, number] | null;
}

export const memberToken = 'hf_member_of_the_local_hub';
export const strangerToken = 'hf_stranger_to_its_gated_repos';

/** What all parts of a local Hub share. */
export interface HubState {
  readonly repos: ReadonlyMap<string, LocalRepo>;
  readonly faults: Faults;
  readonly options: LocalHubOptions;
  bytesPerSecond: number | null;
  /** Addresses are signed with it. */
  secret: Buffer;
  url: string;
  cdnUrl: string;
  /** When each request of the window came. */
  readonly window: number[];
}

/** One exchange, with its record. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly record: HubRequestRecord;
  /** What the request brought as a token. */
  readonly token: string | null;
}

/** An address of the second origin that holds for a while. */
export function signedAddress({ cdnUrl, secret, options }: HubState, path: string): string {
  const expires = Date.now() + (options.signedForMs ?? 3_600_000);
  const signature = createHmac('sha256', secret).update(`${path} ${expires}`).digest('hex');
  return `${cdnUrl}${path}?Expires=${expires}&Signature=${signature}`;
}

export function isSigned({ secret }: HubState, url: URL): boolean {
  const expires = url.searchParams.get('Expires') ?? '0';
  const signature = createHmac('sha256', secret).update(`${url.pathname} ${expires}`).digest('hex');
  return Number(expires) > Date.now() && signature === url.searchParams.get('Signature');
}
