import { responseBody } from '@impetus/contracts/openai-responses';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../../services.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../../wire/requester.ts';
import { parseBody } from '../../../wire/validation.ts';
import { readConversation } from './conversation.ts';
import { toResponseGeneration } from './request.ts';
import { toolBook } from './tool-book.ts';

/** POST /v1/responses/input_tokens: how long the prompt of a response would be. */
export function registerInputTokens(app: FastifyInstance, { inference, responses }: Services): void {
  app.post('/v1/responses/input_tokens', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const signal = clientSignal(reply.raw);
    const body = parseBody(responseBody, request.body);
    const requester = requesterOf(request);
    const tools = toolBook(body.tools ?? [], body.tool_choice);
    const items = await readConversation(responses, requester.id, body);
    const { prompt } = toResponseGeneration(body, items, tools);
    if (prompt.kind !== 'chat') throw new Error('A response is a chat.');
    const question = { kind: 'render', prompt } as const;
    const { promptTokens } = await inference.ask({ modelId: body.model, requester, signal, question });
    return { object: 'response.input_tokens', input_tokens: promptTokens };
  });
}
