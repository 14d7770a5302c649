/** An answer of the endpoint, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One event of a stream: its name where it has one, and its data parsed; `[DONE]` stays text. */
export interface StreamEvent {
  readonly event: string | null;
  readonly data: unknown;
}

export interface StreamAnswer {
  readonly status: number;
  /** Of an answer that is no stream, such as an error. */
  readonly body: unknown;
  readonly events: readonly StreamEvent[];
  /** Until the first event that is not the head of the answer. */
  readonly firstMs: number;
}

/** The agent’s own endpoint as a client sees it: by address and key alone. */
export interface Endpoint {
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  stream(path: string, body: object): Promise<StreamAnswer>;
}

export interface EndpointOptions {
  readonly url: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** Each dialect takes the key where its own clients put it. */
export function openEndpoint({ url, key, signal }: EndpointOptions): Endpoint {
  const ask = (path: string, body?: object): Promise<Response> =>
    fetch(`${url}${path}`, {
      signal,
      headers: {
        ...(path.startsWith('/v1/messages')
          ? { 'x-api-key': key, 'anthropic-version': '2023-06-01' }
          : { authorization: `Bearer ${key}` }),
        'content-type': 'application/json',
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  const whole = async (response: Response): Promise<Answer> => ({
    status: response.status,
    body: parsed(await response.text()),
  });
  return {
    get: async (path) => whole(await ask(path)),
    post: async (path, body) => whole(await ask(path, body)),
    async stream(path, body) {
      const startedAt = performance.now();
      const response = await ask(path, { ...body, stream: true });
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (!isStream || response.body === null) {
        return { ...(await whole(response)), events: [], firstMs: 0 };
      }
      const events: StreamEvent[] = [];
      let firstMs = 0;
      for await (const event of eventsOf(response.body)) {
        events.push(event);
        // The first event opens the answer; the second one is of it.
        if (events.length === 2) firstMs = performance.now() - startedAt;
      }
      return { status: response.status, body: null, events, firstMs };
    },
  };
}

async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = toEvent(block);
      if (event !== null) yield event;
    }
  }
}

/** Null for a block of comments alone, which keep a connection open. */
export function toEvent(block: string): StreamEvent | null {
  const lines = block.split('\n');
  const valueOf = (field: string): string[] =>
    lines.filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).trim());
  const data = valueOf('data');
  return data.length === 0 ? null : { event: valueOf('event')[0] ?? null, data: parsed(data.join('\n')) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
