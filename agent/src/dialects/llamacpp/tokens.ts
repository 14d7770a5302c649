import type { PromptMessage, RunnerQuestion } from '@impetus/contracts';
import {
  llamaDetokenizeBody,
  llamaTemplateBody,
  llamaTokenizeBody,
  type LlamaTemplateMessage,
} from '@impetus/contracts/llamacpp';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../services.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { functionTools } from '../../wire/function-tools.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import { modelName } from './which-model.ts';

/** POST /tokenize, /detokenize and /apply-template: what the model's tokenizer and template make of a text. */
export function registerTokens(app: FastifyInstance, services: Services): void {
  app.post('/tokenize', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const body = parseBody(llamaTokenizeBody, request.body);
    const { tokens, pieces } = await ask(request, reply, body.model, {
      kind: 'tokenize',
      text: body.content,
      addSpecial: body.add_special === true,
      parseSpecial: body.parse_special !== false,
    });
    if (body.with_pieces !== true) return { tokens };
    return { tokens: tokens.map((id, index) => ({ id, piece: pieces[index] ?? '' })) };
  });

  app.post('/detokenize', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const { model, tokens } = parseBody(llamaDetokenizeBody, request.body);
    const { text } = await ask(request, reply, model, { kind: 'detokenize', tokens });
    return { content: text };
  });

  app.post('/apply-template', { bodyLimit: promptBodyLimit }, async (request, reply) => {
    const body = parseBody(llamaTemplateBody, request.body);
    const tools = functionTools(body.tools);
    const { text } = await ask(request, reply, body.model, {
      kind: 'render',
      prompt: {
        kind: 'chat',
        messages: body.messages.map(toMessage),
        ...(tools.length > 0 && { tools }),
        ...(body.chat_template_kwargs && { templateVariables: body.chat_template_kwargs }),
      },
    });
    return { prompt: text };
  });

  function ask<Question extends RunnerQuestion>(
    request: FastifyRequest,
    reply: FastifyReply,
    model: string | null | undefined,
    question: Question,
  ) {
    return services.inference.ask({
      modelId: modelName(services, model),
      requester: requesterOf(request),
      question,
      signal: clientSignal(reply.raw),
    });
  }
}

function toMessage(message: LlamaTemplateMessage): PromptMessage {
  const { role, content, reasoning_content: reasoning, tool_calls: calls, tool_call_id: callId } = message;
  return {
    role,
    content: typeof content === 'string' ? content : (content ?? []).map(({ text }) => text),
    ...(typeof reasoning === 'string' && { reasoning }),
    ...(calls &&
      calls.length > 0 && { toolCalls: calls.map(({ id, function: called }) => ({ id, ...called })) }),
    ...(typeof callId === 'string' && { toolCallId: callId }),
  };
}
