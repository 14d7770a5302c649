import { setTimeout as sleep } from 'node:timers/promises';
import type { Content } from './content.ts';
import type { Fault } from './faults.ts';
import { isSigned, type Exchange, type HubState } from './state.ts';

interface Range {
  readonly from: number;
  /** The byte after the last. */
  readonly to: number;
}

const pieceBytes = 256 * 1024;
const beforeMost = [
  'unavailable',
  'rate-limited',
  'expired',
  'html',
  'redirect-loop',
  'unauthorized',
] as const;

/** The second origin: bytes alone, for whoever has a signed address. */
export async function answerBytes(state: HubState, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange;
  const [, owner, name, , file = ''] = url.pathname.split('/');
  const path = decodeURIComponent(file);
  const content = state.repos.get(`${owner}/${name}`)?.files[path];
  const struck = state.faults.strike(path, ...beforeMost);
  if (struck !== null) return answerFault(exchange, struck);
  if (!isSigned(state, url)) {
    const text =
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
    response.writeHead(403, { 'content-type': 'application/xml' }).end(text);
    return;
  }
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  const noRanges = state.faults.strike(path, 'no-ranges') !== null;
  const changed = state.faults.strike(path, 'changed') !== null;
  const etag = changed ? '"changed"' : `"${content.sha256().slice(0, 32)}"`;
  const range =
    noRanges || stale(request.headers['if-range']?.toString(), etag)
      ? null
      : rangeOf(request.headers.range, content.size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${content.size}` }).end();
    return;
  }
  const wanted = range ?? { from: 0, to: content.size };
  const other = range === null ? null : state.faults.strike(path, 'other-range');
  const sent = other === null ? wanted : shifted(wanted, content.size);
  const short = state.faults.strike(path, 'short') !== null;
  const length = short ? Math.floor((sent.to - sent.from) / 2) : sent.to - sent.from;
  response.writeHead(range === null ? 200 : 206, {
    'content-type': 'application/octet-stream',
    'content-length': length,
    etag,
    ...(noRanges ? {} : { 'accept-ranges': 'bytes' }),
    ...(range !== null && { 'content-range': `bytes ${sent.from}-${sent.to - 1}/${content.size}` }),
  });
  if (request.method === 'HEAD') response.end();
  else await sendBytes(state, exchange, content, { from: sent.from, to: sent.from + length }, path);
}

function answerFault({ response, url }: Exchange, fault: Fault): void {
  switch (fault.kind) {
    case 'rate-limited':
      response.writeHead(429, { 'retry-after': String(fault.retryAfterSeconds ?? 1) }).end();
      return;
    case 'expired':
      response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end('<Error><Code>AccessDenied</Code></Error>');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>');
      return;
    case 'redirect-loop':
      response.writeHead(302, { location: url.pathname + url.search }).end();
      return;
    case 'unauthorized':
      response.writeHead(401).end();
      return;
    default:
      response.writeHead(503).end();
  }
}

const inTheMiddle = ['cut', 'stall', 'flipped-byte'] as const;

async function sendBytes(
  state: HubState,
  { response, record }: Exchange,
  content: Content,
  { from, to }: Range,
  path: string,
): Promise<void> {
  const fault = state.faults.strike(path, ...inTheMiddle);
  const strikesAt = from + (fault?.afterBytes ?? Math.floor((to - from) / 2));
  const began = performance.now();
  let flipped = false;
  for (let at = from; at < to && !response.destroyed;) {
    const struckNow = fault !== null && fault.kind !== 'flipped-byte' && at >= strikesAt;
    if (struckNow) return strike(response, fault);
    const until = fault !== null && at < strikesAt ? Math.min(to, strikesAt) : to;
    const slow = state.bytesPerSecond;
    const most = slow === null ? pieceBytes : Math.max(1024, Math.min(pieceBytes, Math.floor(slow / 20)));
    let piece = content.read(at, Math.min(most, until - at));
    if (fault?.kind === 'flipped-byte' && !flipped && at >= strikesAt) {
      piece = Buffer.from(piece);
      piece[0] = (piece[0] ?? 0) ^ 1;
      flipped = true;
    }
    at += piece.length;
    record.sent = [from, at];
    if (!response.write(piece)) await drained(response);
    if (slow !== null) {
      const ahead = ((at - from) / slow) * 1000 - (performance.now() - began);
      if (ahead > 0) await sleep(ahead);
    }
  }
  response.end();
}

/** Resolves when more can be written, or never will be. */
function drained(response: Exchange['response']): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => {
    response.off('drain', done).off('close', done);
    resolve();
  };
  response.on('drain', done).on('close', done);
  return response.destroyed ? Promise.resolve(done()) : promise;
}

function strike(response: Exchange['response'], { kind }: Fault): void {
  if (kind !== 'stall') response.destroy();
}

function rangeOf(header: string | undefined, size: number): Range | null | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/u.exec(header ?? '') ?? [];
  if (first === '') return null;
  const from = Number(first);
  const to = last === '' ? size : Math.min(size, Number(last) + 1);
  return from >= size || to <= from ? 'unsatisfiable' : { from, to };
}

function stale(condition: string | undefined, etag: string): boolean {
  return condition !== undefined && condition !== etag;
}

function shifted({ from, to }: Range, size: number): Range {
  const length = to - from;
  const moved = from + 4096 + length <= size ? from + 4096 : Math.max(0, from - 4096);
  return { from: moved, to: Math.min(size, moved + length) };
}
