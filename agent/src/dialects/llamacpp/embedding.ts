import { llamaEmbeddingBody } from '@impetus/contracts/llamacpp';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import { modelName } from './which-model.ts';

/** POST /embedding and /embeddings, in llama.cpp's own form: a list of vectors for each input. */
export function registerEmbedding(app: FastifyInstance, services: Services): void {
  for (const path of ['/embedding', '/embeddings']) {
    app.post(path, { bodyLimit: promptBodyLimit }, async (request, reply) => {
      const { model, content, input } = parseBody(llamaEmbeddingBody, request.body);
      const { vectors } = await services.inference.embed({
        modelId: modelName(services, model),
        requester: requesterOf(request),
        origin: { dialect: 'llamacpp', endpoint: path, streamed: false },
        input: toInputs(content ?? input ?? []),
        signal: clientSignal(reply.raw),
      });
      return vectors.map((vector, index) => ({ index, embedding: [vector] }));
    });
  }
}

function toInputs(given: string | readonly (string | number)[]): readonly (string | number[])[] {
  if (typeof given === 'string') return [given];
  return given.every((value) => typeof value === 'number') ? [[...given]] : (given as readonly string[]);
}
