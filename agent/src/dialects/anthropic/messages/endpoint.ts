import { randomUUID } from 'node:crypto';
import { messagesBody, type MessagesBody } from '@impetus/contracts/anthropic';
import type { FastifyInstance } from 'fastify';
import type { Inference } from '../../../inference/types.ts';
import { admitted } from '../../../wire/admitted.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { sendStream } from '../../../wire/stream-reply.ts';
import { parseBody } from '../../../wire/validation.ts';
import { wholeAnswer } from '../../../wire/whole-answer.ts';
import { MessageStream } from './message-stream.ts';
import { toMessage, type MessageHead } from './message.ts';
import { toGeneration } from './request.ts';
import { filler, writtenEvents } from './written-events.ts';

const path = '/v1/messages';

/** POST /v1/messages: an answer, whole or streamed. A refusal before any text is thrown. */
export function registerMessages(app: FastifyInstance, inference: Inference): void {
  app.post(path, { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const body = parseBody(messagesBody, request.body);
    const streamed = body.stream === true;
    const events = inference.generate({
      modelId: body.model,
      requester: requesterOf(request),
      origin: { dialect: 'anthropic', endpoint: path, streamed },
      input: toGeneration(body),
      signal: clientSignal(reply.raw),
    });
    const head = toHead(body);
    if (!streamed) return toMessage(head, await wholeAnswer(events));
    const stream = new MessageStream(head);
    return sendStream(reply, writtenEvents(stream, await admitted(events), request.id), {
      contentType: 'text/event-stream; charset=utf-8',
      filler: () => filler(stream),
    });
  });
}

function toHead({
  model,
  max_tokens: maxTokens,
  stop_sequences: stops,
  thinking,
}: MessagesBody): MessageHead {
  return {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    model,
    maxTokens,
    stops: stops ?? [],
    hidesThinking: thinking?.display === 'omitted',
  };
}
