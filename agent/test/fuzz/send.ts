import { request } from 'node:http';
import { connect } from 'node:net';

/** What became of a request. */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  /** The client left, as it was to do. */
  | { readonly kind: 'left' }
  /** Nothing more came. */
  | { readonly kind: 'hung' }
  | { readonly kind: 'broken'; readonly reason: string };

export interface Sending {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
  readonly text: string;
}

/** No answer of a few tokens takes longer, on a busy machine too. */
const patienceMs = 60_000;

const headersOf = ({ url, key, text, headers }: Sending) => ({
  ...headers,
  host: new URL(url).host,
  authorization: `Bearer ${key}`,
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(text)),
});

/** Sends a request and hears its answer to the end, or leaves after so many bytes of it. */
export function send(sending: Sending, leaveAfter: number | null = null): Promise<Reply> {
  return new Promise((resolve) => {
    const outgoing = request(new URL(sending.path, sending.url), {
      method: 'POST',
      headers: headersOf(sending),
      agent: false,
      timeout: patienceMs,
    });
    outgoing.on('timeout', () => {
      resolve({ kind: 'hung' });
      outgoing.destroy();
    });
    outgoing.on('error', ({ message }) => resolve({ kind: 'broken', reason: message }));
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (leaveAfter === null || text.length < leaveAfter) return;
        resolve({ kind: 'left' });
        outgoing.destroy();
      });
      response.on('error', ({ message }) => resolve({ kind: 'broken', reason: message }));
      response.on('end', () => resolve({ kind: 'answer', status: response.statusCode ?? 0, text }));
    });
    outgoing.end(sending.text);
  });
}

/** Sends the first bytes of a request and leaves. */
export function leaveWhileSending(sending: Sending, part: number): Promise<Reply> {
  const { url, path, text } = sending;
  const head = Object.entries(headersOf(sending)).map(([name, value]) => `${name}: ${value}\r\n`);
  const whole = Buffer.from(`POST ${path} HTTP/1.1\r\n${head.join('')}\r\n${text}`);
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.on('close', () => resolve({ kind: 'left' }));
    socket.write(whole.subarray(0, Math.floor(whole.length * part)), () => socket.destroy());
  });
}
