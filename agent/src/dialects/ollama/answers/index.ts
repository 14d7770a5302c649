import { ollamaChatBody, ollamaGenerateBody, type OllamaKeepAlive } from '@impetus/contracts/ollama';
import type { Generation } from '@impetus/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../../services.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { parseBody } from '../../../wire/validation.ts';
import { findModel, requireModel } from '../names.ts';
import { chatPart, generatePart, type PartFormat } from './format.ts';
import { toIdleUnload } from './keep-alive.ts';
import { replyWith } from './reply.ts';
import { toChatGeneration, toPromptGeneration } from './request.ts';
import { changeResidence } from './residence.ts';

interface AnswerBody {
  readonly model: string;
  readonly stream?: boolean | null | undefined;
  readonly keep_alive?: OllamaKeepAlive;
  readonly options?: { readonly num_ctx?: number | null | undefined } | null | undefined;
}

/** POST /api/chat and /api/generate. */
export function registerAnswers(app: FastifyInstance, services: Services): void {
  const { catalogue } = services;

  app.post('/api/chat', { bodyLimit: promptBodyLimit }, (request, reply) => {
    const body = parseBody(ollamaChatBody, request.body);
    if ((body.messages ?? []).length === 0) return residence(request, reply, body, chatPart);
    return answer(request, reply, body, toChatGeneration(body), chatPart);
  });

  app.post('/api/generate', { bodyLimit: promptBodyLimit }, (request, reply) => {
    const body = parseBody(ollamaGenerateBody, request.body);
    if ((body.prompt ?? '') === '' && (body.suffix ?? '') === '') {
      return residence(request, reply, body, generatePart);
    }
    const isChat = findModel(catalogue, body.model)?.kind !== 'completion';
    return answer(request, reply, body, toPromptGeneration(body, isChat), generatePart);
  });

  function residence(request: FastifyRequest, reply: FastifyReply, body: AnswerBody, format: PartFormat) {
    const entry = requireModel(catalogue, body.model);
    const { model, keep_alive: keepAlive, options } = body;
    const contextSize = options?.num_ctx ?? undefined;
    return changeResidence(services, { request, reply, entry, model, keepAlive, contextSize, format });
  }

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    body: AnswerBody,
    input: Generation,
    format: PartFormat,
  ) {
    const stream = body.stream !== false;
    const events = services.inference.generate({
      // A name that no model has is refused there, and recorded.
      modelId: findModel(catalogue, body.model)?.id ?? body.model,
      requester: requesterOf(request),
      origin: { dialect: 'ollama', endpoint: request.routeOptions.url ?? '', streamed: stream },
      input,
      signal: clientSignal(reply.raw),
      keepAlive: toIdleUnload(body.keep_alive),
      contextSize: body.options?.num_ctx ?? undefined,
    });
    return replyWith(reply, events, { model: body.model, stream, format });
  }
}
