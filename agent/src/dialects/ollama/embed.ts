import { ollamaEmbedBody, ollamaEmbeddingsBody, type OllamaKeepAlive } from '@impetus/contracts/ollama';
import { ImpetusError } from '@impetus/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EmbeddingResult } from '../../inference/types.ts';
import type { Services } from '../../services.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import { shortened } from '../../wire/vectors.ts';
import { nanoseconds } from './answers/format.ts';
import { toIdleUnload } from './answers/keep-alive.ts';
import { modelIdOf } from './names.ts';

/** Tokens that a model may put around an input by itself. */
const framing = 2;

/** POST /api/embed, and /api/embeddings as older clients know it. */
export function registerEmbeddings(app: FastifyInstance, { catalogue, inference }: Services): void {
  app.post('/api/embed', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const startedAt = performance.now();
    const body = parseBody(ollamaEmbedBody, request.body);
    const inputs = typeof body.input === 'string' ? [body.input] : (body.input ?? []);
    const { vectors, promptTokens } = await embed(request, reply, body, inputs, body.truncate !== false);
    return {
      model: body.model,
      embeddings: vectors.map((vector) => shortened(vector, body.dimensions === 0 ? null : body.dimensions)),
      total_duration: nanoseconds(performance.now() - startedAt),
      load_duration: 0,
      prompt_eval_count: promptTokens,
    };
  });

  app.post('/api/embeddings', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const body = parseBody(ollamaEmbeddingsBody, request.body);
    const { vectors } = await embed(request, reply, body, [body.prompt ?? ''], true);
    return { embedding: vectors[0] ?? [] };
  });

  interface Asked {
    readonly model: string;
    readonly keep_alive?: OllamaKeepAlive;
  }

  async function embed(
    request: FastifyRequest,
    reply: FastifyReply,
    { model, keep_alive: keepAlive }: Asked,
    inputs: readonly string[],
    truncate: boolean,
  ): Promise<EmbeddingResult> {
    const asker = {
      modelId: modelIdOf(catalogue, model),
      requester: requesterOf(request),
      signal: clientSignal(reply.raw),
      keepAlive: toIdleUnload(keepAlive),
    };
    const endpoint = request.routeOptions.url ?? '';
    const origin = { dialect: 'ollama', endpoint, streamed: false } as const;
    try {
      return await inference.embed({ ...asker, origin, input: inputs });
    } catch (error) {
      if (!truncate || !isTooLong(error)) throw error;
      return inference.embed({ ...asker, origin, input: await cut(asker, inputs) });
    }
  }

  /** The inputs as tokens, no more of each than the model can read: Ollama's clients count on it. */
  async function cut(
    asker: Pick<Parameters<typeof inference.ask>[0], 'modelId' | 'requester' | 'signal'>,
    inputs: readonly string[],
  ): Promise<readonly number[][]> {
    const runner = inference.runners().find(({ modelId }) => modelId === asker.modelId);
    const most = Math.max(1, (runner?.contextSize ?? Infinity) - framing);
    const answers = await Promise.all(
      inputs.map((text) =>
        inference.ask({
          ...asker,
          question: { kind: 'tokenize', text, addSpecial: false, parseSpecial: false },
        }),
      ),
    );
    return answers.map(({ tokens }) => tokens.slice(0, most));
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof ImpetusError && error.code === 'context_length_exceeded';
}
