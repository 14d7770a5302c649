import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';

export interface Target {
  readonly url: string;
  readonly key: string;
}

/** How a request ended, as its client can tell. Everything but the last two is as it should be. */
export type Outcome =
  | 'answered'
  | 'refused in form'
  | 'failed in form'
  | 'failed in form, mid-stream'
  | 'client left'
  | 'ended without form'
  | 'hung';

export interface Ended {
  readonly outcome: Outcome;
  /** What did not look right, for the report. */
  readonly detail: string;
}

/** Nothing of this size takes half as long, however busy the agent is. */
const patienceMs = 120_000;

/** Sends a body and judges how it ends; `leaveWhen` closes the connection once it answers true to what came so far. */
export function send(
  { url, key }: Target,
  body: object,
  leaveWhen: ((received: string | null) => boolean) | null,
): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const timer = setTimeout(() => end('hung', `nothing after ${patienceMs} ms`), patienceMs);
  const outgoing = httpRequest(`${url}/v1/chat/completions`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  });

  function end(outcome: Outcome, detail = ''): void {
    clearTimeout(timer);
    outgoing.destroy();
    resolve({ outcome, detail });
  }

  follow(outgoing, leaveWhen, end);
  outgoing.end(JSON.stringify(body));
  return promise;
}

type End = (outcome: Outcome, detail?: string) => void;

function follow(
  outgoing: ClientRequest,
  leaveWhen: ((received: string | null) => boolean) | null,
  end: End,
): void {
  if (leaveWhen?.(null) === true) outgoing.on('finish', () => end('client left'));
  outgoing.on('error', (error) => end('ended without form', error.message));
  outgoing.on('response', (response: IncomingMessage) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (leaveWhen?.(text) === true) end('client left');
    });
    response.on('error', (error) => end('ended without form', error.message));
    response.on('end', () => {
      const outcome = judge(response, text);
      end(outcome, outcome === 'ended without form' ? `${response.statusCode}: ${text.slice(-200)}` : '');
    });
  });
}

function judge({ statusCode = 0, headers }: IncomingMessage, text: string): Outcome {
  if (statusCode !== 200) {
    if (!isError(text)) return 'ended without form';
    return statusCode < 500 ? 'refused in form' : 'failed in form';
  }
  if (headers['content-type']?.startsWith('text/event-stream') !== true) {
    return finishReason(text) === null ? 'ended without form' : 'answered';
  }
  const events = text.split('\n\n').filter((event) => event.startsWith('data: '));
  const last = events.at(-1)?.slice('data: '.length) ?? '';
  if (isError(last)) return 'failed in form, mid-stream';
  const finished = finishReason(events.at(-2)?.slice('data: '.length) ?? '') !== null;
  return last === '[DONE]' && finished ? 'answered' : 'ended without form';
}

interface Reply {
  readonly choices?: readonly { readonly finish_reason?: string | null }[];
  readonly error?: Readonly<Record<string, unknown>>;
}

function parse(text: string): Reply {
  try {
    return JSON.parse(text) as Reply;
  } catch {
    return {};
  }
}

/** OpenAI's envelope, whole. */
function isError(text: string): boolean {
  const { error } = parse(text);
  if (error === undefined) return false;
  return ['message', 'type', 'param', 'code'].every((name) => name in error) && error['message'] !== '';
}

function finishReason(text: string): string | null {
  return parse(text).choices?.[0]?.finish_reason ?? null;
}
