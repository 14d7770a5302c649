import { requireOfficial } from './official-schemas.ts';

interface Official {
  readonly path: RegExp;
  readonly whole: string;
  /** Of each event of a stream. */
  readonly event?: string;
}

const answers: readonly Official[] = [
  {
    path: /^\/v1\/chat\/completions$/u,
    whole: 'CreateChatCompletionResponse',
    event: 'CreateChatCompletionStreamResponse',
  },
  {
    path: /^\/v1\/completions$/u,
    whole: 'CreateCompletionResponse',
    event: 'CreateCompletionResponse',
  },
  { path: /^\/v1\/models$/u, whole: 'ListModelsResponse' },
  { path: /^\/v1\/models\/.+$/u, whole: 'Model' },
  { path: /^\/v1\/responses$/u, whole: 'Response', event: 'ResponseStreamEvent' },
  { path: /^\/v1\/responses\/resp_[^/]+(?:\/cancel)?$/u, whole: 'Response' },
];

/**
 * A `fetch` that holds every answer and every event of a stream against OpenAI's own schemas, whichever library asked.
 * A stream fails at the event that is not valid, as its reader hears it.
 */
export const officialFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const url = input instanceof Request ? input.url : String(input);
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const { pathname } = new URL(url);
  if (!response.ok) {
    requireOfficial('ErrorResponse', await response.clone().json());
    return response;
  }
  const official = answers.find(({ path }) => path.test(pathname));
  if (method.toUpperCase() === 'DELETE') return response;
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    if (official?.event === undefined || response.body === null) return response;
    return new Response(response.body.pipeThrough(checkedEvents(official.event)), response);
  }
  const value: unknown = await response.clone().json();
  if (pathname === '/v1/embeddings') requireOfficial('CreateEmbeddingResponse', withNumbers(value));
  else if (official !== undefined) requireOfficial(official.whole, value);
  return response;
};

function checkedEvents(name: string): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let text = '';
  return new TransformStream({
    transform(bytes, controller) {
      text += decoder.decode(bytes, { stream: true });
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines.filter((candidate) => candidate.startsWith('data: '))) {
        const data = line.slice('data: '.length);
        if (data !== '[DONE]') requireOfficial(name, JSON.parse(data));
      }
      controller.enqueue(bytes);
    },
  });
}

/** The schema knows vectors as lists alone; as text they are the same numbers. */
function withNumbers(value: unknown): unknown {
  const answer = value as { readonly data: readonly { readonly embedding: unknown }[] };
  return {
    ...answer,
    data: answer.data.map((item) => ({ ...item, embedding: toNumbers(item.embedding) })),
  };
}

function toNumbers(embedding: unknown): unknown {
  if (typeof embedding !== 'string') return embedding;
  const bytes = Buffer.from(embedding, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
