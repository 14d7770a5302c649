import { responseBody } from '@impetus/contracts/openai-responses';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../../services.ts';
import { admitted } from '../../../wire/admitted.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { sendEventStream } from '../../../wire/stream-reply.ts';
import { parseBody } from '../../../wire/validation.ts';
import { backgroundResponse, streamedResponse, wholeResponse, type Keep } from './answer.ts';
import { readConversation } from './conversation.ts';
import { newResponseKey } from './ids.ts';
import { refuseUnsupported, toResponseGeneration } from './request.ts';
import { isStored, openedResponse, summaryOf } from './resource.ts';
import { storedItems } from './stored-items.ts';
import { toolBook } from './tool-book.ts';
import { ResponseWriter } from './writer.ts';

const path = '/v1/responses';

/** POST /v1/responses: an answer whole, streamed, or in the background. */
export function registerCreateResponse(app: FastifyInstance, { inference, responses }: Services): void {
  app.post(path, { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const client = clientSignal(reply.raw);
    const body = parseBody(responseBody, request.body);
    refuseUnsupported(body);
    const owner = requesterOf(request);
    const tools = toolBook(body.tools ?? [], body.tool_choice);
    const items = await readConversation(responses, owner.id, body);
    const input = toResponseGeneration(body, items, tools);

    const key = newResponseKey();
    const opened = openedResponse(body, tools, key);
    const writer = new ResponseWriter(opened, { key, tools, summary: summaryOf(body) !== null });
    const stored = { previousId: body.previous_response_id ?? null, input: storedItems(items.own, key) };
    const keep: Keep = async (response) => {
      if (isStored(body)) await responses.keep(owner.id, { ...stored, response });
    };
    const answer = (signal: AbortSignal) =>
      inference.generate({
        modelId: body.model,
        requester: owner,
        origin: { dialect: 'openai', endpoint: path, streamed: body.stream === true },
        input,
        signal,
      });

    if (body.background === true) {
      await responses.run(owner, { ...stored, response: opened }, (signal) =>
        backgroundResponse(answer(signal), writer, signal),
      );
      return opened;
    }
    if (body.stream === true) {
      return sendEventStream(reply, streamedResponse(await admitted(answer(client)), writer, keep));
    }
    const response = await wholeResponse(answer(client), writer);
    await keep(response);
    return response;
  });
}
