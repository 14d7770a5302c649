/** One streamed answer, as its client saw it. In milliseconds. */
export interface StreamTiming {
  readonly firstTextMs: number;
  readonly totalMs: number;
  /** What the runner says that prefill and decoding took. */
  readonly runnerMs: number;
  readonly tokens: number;
}

interface Chunk {
  readonly choices: readonly { readonly delta?: { readonly content?: string } }[];
  readonly timings?: { prompt_ms: number; predicted_ms: number; predicted_n: number };
}

/** Asks for one streamed answer and times it. */
export async function timeStream(
  url: string,
  key: string,
  maxTokens: number,
  seed: number,
): Promise<StreamTiming> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'impetus-sample',
      messages: [{ role: 'user', content: `Tell me about evening number ${seed}.` }],
      max_tokens: maxTokens,
      seed,
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  if (!response.ok || response.body === null) throw new Error(`${response.status}: ${await response.text()}`);
  let firstTextMs = 0;
  let timings = { prompt_ms: 0, predicted_ms: 0, predicted_n: 0 };
  for await (const chunk of chunks(response.body)) {
    if (firstTextMs === 0 && chunk.choices[0]?.delta?.content) firstTextMs = performance.now() - startedAt;
    timings = chunk.timings ?? timings;
  }
  return {
    firstTextMs,
    totalMs: performance.now() - startedAt,
    runnerMs: timings.prompt_ms + timings.predicted_ms,
    tokens: timings.predicted_n,
  };
}

async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Chunk> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: {')) yield JSON.parse(line.slice('data: '.length)) as Chunk;
    }
  }
}
