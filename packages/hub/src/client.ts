import { HubError, refusalOf } from './errors.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How the Hub is reached. */
export interface HubClient {
  /** `https://huggingface.co`, or a mirror. */
  readonly endpoint: string;
  /** Asked for each request; it goes to the endpoint's origin and to no other. */
  readonly token: () => string | null;
  readonly fetch?: Fetch;
  /** How long an answer may take. */
  readonly timeoutMs?: number;
}

export interface HubRequest {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's own. */
  readonly token?: string | null;
}

const defaultTimeoutMs = 20_000;
const mostRedirects = 5;
/** The longest list or card that is read. */
const mostBytes = 16 * 1024 * 1024;

export function sameOrigin(url: string, endpoint: string): boolean {
  return new URL(url).origin === new URL(endpoint).origin;
}

/** An address below the endpoint. */
export function addressOf(client: HubClient, path: string): string {
  return `${client.endpoint.replace(/\/+$/u, '')}/${path}`;
}

/** The parts of a path, each escaped; `/` stays. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** One request, no redirect followed. Rejects with a HubError only where there is no answer at all. */
export async function send(client: HubClient, url: string, request: HubRequest = {}): Promise<Response> {
  const { fetch = globalThis.fetch, timeoutMs = defaultTimeoutMs } = client;
  const token = request.token === undefined ? client.token() : request.token;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(url, {
      method: request.method ?? 'GET',
      redirect: 'manual',
      headers: {
        'user-agent': 'impetus',
        ...request.headers,
        ...(token !== null && sameOrigin(url, client.endpoint) && { authorization: `Bearer ${token}` }),
      },
      signal: request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]),
    });
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw unreachable(client.endpoint, timeout.aborted, error);
  }
}

function unreachable(endpoint: string, late: boolean, cause: unknown): HubError {
  const { host } = new URL(endpoint);
  const message = late
    ? `${host} did not answer in time.`
    : `${host} cannot be reached. Is this computer online?`;
  return new HubError('unreachable', message, { cause });
}

/** Asks, follows redirects and refuses what is no success. */
export async function ask(client: HubClient, url: string, request: HubRequest = {}): Promise<Response> {
  let next = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await send(client, next, request);
    if (response.ok) return response;
    await response.body?.cancel();
    const location = redirectOf(response, next);
    if (location === null) throw refusalOf(response.status, response.headers);
    next = location;
  }
  throw new HubError('bad-answer', 'The Hub sends the request round in a circle.');
}

/** Where an answer sends the request on to; null where it does not. Throws for an address that is none. */
export function redirectOf(response: Response, from: string): string | null {
  const location = response.headers.get('location');
  if (response.status < 300 || response.status >= 400 || location === null) return null;
  const url = URL.parse(location, from);
  if (url === null || !/^https?:$/u.test(url.protocol))
    throw new HubError('bad-answer', 'The Hub sends the request on to an address that is none.');
  return url.href;
}

export async function readText(response: Response, most = mostBytes): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > most) throw new HubError('bad-answer', 'The answer of the Hub does not end.');
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (error instanceof HubError) throw error;
    throw new HubError('unreachable', 'The Hub broke off in the middle of its answer.', { cause: error });
  }
  return text + decoder.decode();
}

/** The answer as JSON; a page of a hotel's network instead of the Hub's is told as such. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw notTheHub(error);
  }
}

export function notTheHub(cause?: unknown): HubError {
  return new HubError(
    'bad-answer',
    'What answered is not the Hub. A network that wants a sign-in first, or a wrong HF_ENDPOINT, looks like this.',
    { cause },
  );
}
