import { countTokensBody } from '@impetus/contracts/anthropic';
import type { FastifyInstance } from 'fastify';
import type { Inference } from '../../inference/types.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import { toPrompt } from './messages/request.ts';

/** POST /v1/messages/count_tokens: how long the prompt is that the model would be given. */
export function registerCountTokens(app: FastifyInstance, inference: Inference): void {
  app.post('/v1/messages/count_tokens', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const body = parseBody(countTokensBody, request.body);
    const { promptTokens } = await inference.ask({
      modelId: body.model,
      requester: requesterOf(request),
      question: { kind: 'render', prompt: toPrompt(body) },
      signal: clientSignal(reply.raw),
    });
    return { input_tokens: promptTokens };
  });
}
