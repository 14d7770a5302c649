import type { Dialect } from '@impetus/contracts';
import { embeddingBody, type EmbeddingBody } from '@impetus/contracts/openai';
import type { FastifyInstance } from 'fastify';
import type { EmbeddingResult, Inference } from '../../../inference/types.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { parseBody } from '../../../wire/validation.ts';
import { shortened, toBase64 } from '../../../wire/vectors.ts';
import { toInputs } from './inputs.ts';

/** POST /v1/embeddings, or another path: each input as a vector of unit length. */
export function registerEmbeddings(
  app: FastifyInstance,
  inference: Inference,
  { path, dialect }: { readonly path: string; readonly dialect: Dialect },
): void {
  app.post(path, { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const body = parseBody(embeddingBody, request.body);
    const result = await inference.embed({
      modelId: body.model,
      requester: requesterOf(request),
      origin: { dialect, endpoint: path, streamed: false },
      input: toInputs(body.input),
      signal: clientSignal(reply.raw),
    });
    return toAnswer(body, result);
  });
}

function toAnswer(
  { model, dimensions, encoding_format: encoding }: EmbeddingBody,
  { vectors, promptTokens }: EmbeddingResult,
) {
  return {
    object: 'list',
    data: vectors.map((vector, index) => {
      const embedding = shortened(vector, dimensions);
      return {
        object: 'embedding',
        index,
        embedding: encoding === 'base64' ? toBase64(embedding) : embedding,
      };
    }),
    model,
    usage: { prompt_tokens: promptTokens, total_tokens: promptTokens },
  };
}
