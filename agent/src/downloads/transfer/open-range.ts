import { retryAfter, sameOrigin } from '@impetus/hub';
import type { Proxy } from '../../config/index.ts';
import { TransferError } from './errors.ts';
import type { Range } from './ranges.ts';
import type { Answer, Body, Question } from './wire/body.ts';
import { DirectClient } from './wire/direct-client.ts';
import { StreamClient } from './wire/stream-client.ts';

/** Connections that are kept, and what may be told to whom. */
export interface RangeClient extends Disposable {
  readonly endpoint: string;
  /** Goes to the endpoint's origin alone. */
  readonly token: () => string | null;
  readonly ask: (question: Question) => Promise<Answer>;
  readonly timing: RangeTiming;
}

export interface RangeTiming {
  /** Until the headers of an answer are there. */
  readonly answerMs: number;
  /** Without a byte. */
  readonly silenceMs: number;
}

const usualTiming: RangeTiming = { answerMs: 20_000, silenceMs: 30_000 };

export interface RangeClientOptions extends Pick<RangeClient, 'endpoint' | 'token'> {
  readonly proxy?: Proxy | null;
  readonly timing?: RangeTiming;
}

export function createRangeClient({
  endpoint,
  token,
  proxy = null,
  timing = usualTiming,
}: RangeClientOptions): RangeClient {
  const direct = new DirectClient();
  const streams = new StreamClient(proxy);
  /** Origins whose answers need more than the plain reader knows. */
  const notPlain = new Set<string>();
  return {
    endpoint,
    token,
    timing,
    async ask(question) {
      const { origin } = question.url;
      if (proxy === null && !notPlain.has(origin)) {
        const answer = await direct.ask(question);
        if (answer !== null) return answer;
        notPlain.add(origin);
      }
      return streams.ask(question);
    },
    [Symbol.dispose]() {
      direct[Symbol.dispose]();
      streams[Symbol.dispose]();
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
  readonly body: Body;
}

const mostRedirects = 5;

/** Asks for bytes and checks, before the first is read, that they are those that were asked for. */
export async function openRange(client: RangeClient, request: RangeRequest): Promise<RangeAnswer> {
  let { url } = request;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await answerTo(client, url, request);
    const location = answer.header('location');
    if (isRedirect(answer.status) && location !== null) {
      answer.body.destroy();
      url = nextAddress(location, url);
      continue;
    }
    try {
      return check(answer, request);
    } catch (error) {
      // Whatever it goes on to send is not read; the connection with it is of no more use.
      answer.body.destroy();
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

async function answerTo(client: RangeClient, address: string, request: RangeRequest): Promise<Answer> {
  const { range, etag, signal } = request;
  const url = new URL(address);
  if (!/^https?:$/u.test(url.protocol))
    throw new TransferError('nonsense', 'The address of the download is none.');
  const token = sameOrigin(address, client.endpoint) ? client.token() : null;
  const headers = {
    'user-agent': 'impetus',
    'accept-encoding': 'identity',
    ...(range !== null && { range: `bytes=${range.from}-${range.to - 1}` }),
    ...(range !== null && etag !== null && { 'if-range': etag }),
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  try {
    return await client.ask({ url, headers, signal, answerMs: client.timing.answerMs });
  } catch (error) {
    throw signal.aborted ? signal.reason : offline(url.host, error);
  }
}

export function offline(host: string, cause: unknown): TransferError {
  return new TransferError('network', `The connection to ${host} broke off, or could not be made.`, {
    cause,
  });
}

function check(answer: Answer, { range, size, etag }: RangeRequest): RangeAnswer {
  const { status, body } = answer;
  if (status !== 200 && status !== 206) throw refusal(answer);
  if (/^text\/html/iu.test(answer.header('content-type') ?? ''))
    throw nonsense(
      'The server sent a web page in the place of the file; a network that wants a sign-in does so.',
    );
  if ((answer.header('content-encoding') ?? 'identity') !== 'identity')
    throw nonsense('The server sent the file compressed, although it was asked not to.');
  const tag = answer.header('etag');
  const strong = tag?.startsWith('W/') === true ? null : tag;
  if (etag !== null && strong !== null && strong !== etag)
    throw new TransferError('changed', 'The file on the server is another one than before.');
  const told = answer.header('content-length');
  const length = told === null ? null : Number(told);
  if (status === 200) {
    if (length !== null && length !== size) throw wrongLength();
    return { kind: 'whole', etag: strong, body };
  }
  if (range === null) throw nonsense('The server sent a part of the file where all of it was asked for.');
  const [, from, last, total] =
    /^bytes (\d+)-(\d+)\/(\d+|\*)$/u.exec(answer.header('content-range') ?? '') ?? [];
  if (Number(from) !== range.from || Number(last) !== range.to - 1)
    throw nonsense('The server sent another part of the file than was asked for.');
  if ((total !== '*' && Number(total) !== size) || (length !== null && length !== range.to - range.from))
    throw wrongLength();
  return { kind: 'range', etag: strong, body };
}

function nonsense(message: string): TransferError {
  return new TransferError('nonsense', message);
}

function wrongLength(): TransferError {
  return nonsense('The server sends another length than the Hub lists for this file.');
}

function refusal({ status, header }: Answer): TransferError {
  const retryAfterSeconds = retryAfter({ get: header });
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
