import { toImpetusError, type Generation, type GenerationEvent } from '@impetus/contracts';
import { llamaCompletionBody, llamaInfillBody } from '@impetus/contracts/llamacpp';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../../services.ts';
import { admitted } from '../../../wire/admitted.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { sendEventStream, serverSentEvent, waitingComment } from '../../../wire/stream-reply.ts';
import { parseBody } from '../../../wire/validation.ts';
import { wholeAnswer } from '../../../wire/whole-answer.ts';
import { llamaCppErrorBody } from '../errors.ts';
import { modelName } from '../which-model.ts';
import { piece, whole, type CompletionHead } from './format.ts';
import { toCompletion, toInfill } from './request.ts';

interface TextBody {
  readonly model?: string | null | undefined;
  readonly stream?: boolean | null | undefined;
}

/** POST /completion, /completions and /infill, in llama.cpp's own form. */
export function registerText(app: FastifyInstance, services: Services): void {
  for (const path of ['/completion', '/completions']) {
    app.post(path, { bodyLimit: promptBodyLimit }, (request, reply) => {
      const body = parseBody(llamaCompletionBody, request.body);
      return answer(request, reply, body, toCompletion(body));
    });
  }

  app.post('/infill', { bodyLimit: promptBodyLimit }, (request, reply) => {
    const body = parseBody(llamaInfillBody, request.body);
    return answer(request, reply, body, toInfill(body));
  });

  async function answer(request: FastifyRequest, reply: FastifyReply, body: TextBody, input: Generation) {
    const model = modelName(services, body.model);
    const stream = body.stream === true;
    const events = services.inference.generate({
      modelId: model,
      requester: requesterOf(request),
      origin: { dialect: 'llamacpp', endpoint: request.routeOptions.url ?? '', streamed: stream },
      input,
      signal: clientSignal(reply.raw),
    });
    if (stream) return sendEventStream(reply, streamed(await admitted(events), { model }));
    const { choices, end } = await wholeAnswer(events);
    const [first] = choices;
    return whole({ content: first?.text ?? '', logprobs: first?.logprobs ?? [] }, end, { model });
  }
}

async function* streamed(
  events: AsyncIterable<GenerationEvent>,
  head: CompletionHead,
): AsyncGenerator<string, void> {
  let written = 0;
  try {
    yield waitingComment;
    for await (const event of events) {
      if (event.kind === 'end') yield serverSentEvent(whole({ content: '' }, event, head));
      if (event.kind !== 'delta') continue;
      written += event.tokens;
      const { text, logprobs = [] } = event;
      if (text !== '' || logprobs.length > 0) {
        yield serverSentEvent(piece({ content: text, logprobs }, written));
      }
    }
  } catch (error) {
    yield serverSentEvent(llamaCppErrorBody(toImpetusError(error)));
  }
}
