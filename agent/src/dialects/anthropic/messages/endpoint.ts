import { randomUUID } from 'node:crypto';
import { toImpetusError, type GenerationEvent } from '@impetus/contracts';
import { messagesBody, type MessagesBody } from '@impetus/contracts/anthropic';
import type { FastifyInstance } from 'fastify';
import type { Inference } from '../../../inference/types.ts';
import { admitted } from '../../../wire/admitted.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { sendStream, serverSentEvent, waitingComment } from '../../../wire/stream-reply.ts';
import { parseBody } from '../../../wire/validation.ts';
import { wholeAnswer } from '../../../wire/whole-answer.ts';
import { anthropicError } from '../errors.ts';
import { MessageStream, type MessageEvent } from './message-stream.ts';
import { toMessage, type MessageHead } from './message.ts';
import { toGeneration } from './request.ts';

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
    return sendStream(reply, written(stream, await admitted(events), request.id), {
      contentType: 'text/event-stream; charset=utf-8',
      filler: () => (stream.started ? inWords({ type: 'ping' }) : waitingComment),
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

async function* written(
  stream: MessageStream,
  events: AsyncIterable<GenerationEvent>,
  requestId: string,
): AsyncGenerator<string, void> {
  try {
    // Goes out at once, so that the client sees that it was accepted; its message begins when the prompt is counted.
    yield waitingComment;
    for await (const event of events) {
      const text = stream.hear(event).map(inWords).join('');
      if (text !== '') yield text;
    }
  } catch (error) {
    yield inWords({ ...anthropicError(toImpetusError(error), requestId).body });
  }
}

function inWords(event: MessageEvent): string {
  return serverSentEvent(event, event.type);
}
