import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { retryAfter, sameOrigin } from '@impetus/hub';
import { TransferError } from './errors.ts';
import type { Range } from './ranges.ts';

/** Connections that are kept, and what may be told to whom. */
export interface RangeClient extends Disposable {
  readonly endpoint: string;
  /** Goes to the endpoint's origin alone. */
  readonly token: () => string | null;
  readonly agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent };
  readonly timing: RangeTiming;
}

export interface RangeTiming {
  /** Until the headers of an answer are there. */
  readonly answerMs: number;
  /** Without a byte. */
  readonly silenceMs: number;
}

const usualTiming: RangeTiming = { answerMs: 20_000, silenceMs: 30_000 };

export function createRangeClient(
  endpoint: string,
  token: () => string | null,
  timing: RangeTiming = usualTiming,
): RangeClient {
  const options = { keepAlive: true, maxSockets: Infinity, timeout: 15_000 };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  return {
    endpoint,
    token,
    agents,
    timing,
    [Symbol.dispose]() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

export interface RangeRequest {
  readonly url: string;
  /** Null asks for the whole file, of a server that knows no ranges. */
  readonly range: Range | null;
  /** The whole file's. */
  readonly size: number;
  /** The mark of the content that the bytes so far are from. */
  readonly etag: string | null;
  readonly signal: AbortSignal;
}

export interface RangeAnswer {
  /** `whole`: ranges are ignored, and the file comes from its beginning. */
  readonly kind: 'range' | 'whole';
  /** Null for a weak one, which does not promise the same bytes. */
  readonly etag: string | null;
  readonly body: IncomingMessage;
}

const mostRedirects = 5;

/** Asks for bytes and checks, before the first is read, that they are those that were asked for. */
export async function openRange(client: RangeClient, request: RangeRequest): Promise<RangeAnswer> {
  let { url } = request;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await answerTo(client, url, request);
    const { location } = response.headers;
    if (response.statusCode !== undefined && isRedirect(response.statusCode) && location !== undefined) {
      response.resume();
      url = nextAddress(location, url);
      continue;
    }
    try {
      return check(response, request);
    } catch (error) {
      // Whatever it goes on to send is not read; the connection with it is of no more use.
      response.destroy();
      throw error;
    }
  }
  throw new TransferError('nonsense', 'The server sends the download round in a circle.');
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

function nextAddress(location: string, from: string): string {
  const url = URL.parse(location, from);
  if (url === null || !/^https?:$/u.test(url.protocol))
    throw new TransferError('nonsense', 'The server sends the download on to an address that is none.');
  if (new URL(from).protocol === 'https:' && url.protocol === 'http:')
    throw new TransferError('nonsense', 'The server sends the download on to an address without encryption.');
  return url.href;
}

function answerTo(client: RangeClient, address: string, request: RangeRequest): Promise<IncomingMessage> {
  const { range, etag, signal } = request;
  const url = new URL(address);
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new TransferError('nonsense', 'The address of the download is none.');
  const token = sameOrigin(address, client.endpoint) ? client.token() : null;
  const headers = {
    'user-agent': 'impetus',
    'accept-encoding': 'identity',
    ...(range !== null && { range: `bytes=${range.from}-${range.to - 1}` }),
    ...(range !== null && etag !== null && { 'if-range': etag }),
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  const agent = client.agents[protocol];
  return new Promise((resolve, reject) => {
    const send = protocol === 'https:' ? https.get : http.get;
    const sent = send(url, { agent, headers, signal });
    const late = setTimeout(() => sent.destroy(new Error('no answer')), client.timing.answerMs);
    sent.once('response', (response) => {
      clearTimeout(late);
      resolve(response);
    });
    sent.once('error', (error) => {
      clearTimeout(late);
      reject(signal.aborted ? (signal.reason as Error) : offline(url.host, error));
    });
  });
}

export function offline(host: string, cause: unknown): TransferError {
  return new TransferError('network', `The connection to ${host} broke off, or could not be made.`, {
    cause,
  });
}

function check(response: IncomingMessage, { range, size, etag }: RangeRequest): RangeAnswer {
  const { statusCode: status = 0, headers } = response;
  if (status !== 200 && status !== 206) throw refusal(response);
  if (/^text\/html/iu.test(headers['content-type'] ?? ''))
    throw nonsense(
      'The server sent a web page in the place of the file; a network that wants a sign-in does so.',
    );
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw nonsense('The server sent the file compressed, although it was asked not to.');
  const strong = headers.etag?.startsWith('W/') === true ? null : (headers.etag ?? null);
  if (etag !== null && strong !== null && strong !== etag)
    throw new TransferError('changed', 'The file on the server is another one than before.');
  const length = headers['content-length'] === undefined ? null : Number(headers['content-length']);
  if (status === 200) {
    if (length !== null && length !== size) throw wrongLength();
    return { kind: 'whole', etag: strong, body: response };
  }
  if (range === null) throw nonsense('The server sent a part of the file where all of it was asked for.');
  const [, from, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/u.exec(headers['content-range'] ?? '') ?? [];
  if (Number(from) !== range.from || Number(last) !== range.to - 1)
    throw nonsense('The server sent another part of the file than was asked for.');
  if ((total !== '*' && Number(total) !== size) || (length !== null && length !== range.to - range.from))
    throw wrongLength();
  return { kind: 'range', etag: strong, body: response };
}

function nonsense(message: string): TransferError {
  return new TransferError('nonsense', message);
}

function wrongLength(): TransferError {
  return nonsense('The server sends another length than the Hub lists for this file.');
}

function refusal({ statusCode: status = 0, headers }: IncomingMessage): TransferError {
  const plain = { get: (name: string) => headers[name]?.toString() ?? null };
  const retryAfterSeconds = retryAfter(plain);
  if (status === 401 || status === 403)
    return new TransferError('refused', 'The server does not let us at the file any more.');
  if (status === 404 || status === 410) return new TransferError('gone', 'The server has the file no more.');
  if (status === 412 || status === 416)
    return new TransferError('changed', 'The file on the server is another one than before.');
  if (status === 429)
    return new TransferError('busy', 'The server asks to slow down.', { retryAfterSeconds });
  if (status >= 500)
    return new TransferError('busy', `The server has a problem of its own (${status}).`, {
      retryAfterSeconds,
    });
  return nonsense(`The server answered with status ${status}.`);
}
