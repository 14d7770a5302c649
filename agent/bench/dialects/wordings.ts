import type { AnswerPiece, Generation } from '@impetus/contracts';
import { messagesBody } from '@impetus/contracts/anthropic';
import { ollamaChatBody } from '@impetus/contracts/ollama';
import { chatCompletionBody } from '@impetus/contracts/openai';
import { MessageStream } from '../../src/dialects/anthropic/messages/message-stream.ts';
import { toGeneration } from '../../src/dialects/anthropic/messages/request.ts';
import { toChatGeneration as fromOllama } from '../../src/dialects/ollama/answers/request.ts';
import { chatFormat } from '../../src/dialects/openai/chat/format.ts';
import { toChatGeneration as fromOpenAi } from '../../src/dialects/openai/chat/request.ts';
import { serverSentEvent } from '../../src/wire/stream-reply.ts';
import { parseBody } from '../../src/wire/validation.ts';
import type { LongRequest } from './long-request.ts';

/** How one dialect asks, and what the agent makes of it. */
export interface Asking {
  readonly dialect: string;
  readonly body: (request: LongRequest) => object;
  readonly read: (body: unknown) => Generation;
}

const functions = ({ tools }: LongRequest) =>
  tools.map(({ name, description, schema: parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));

export const askings: readonly Asking[] = [
  {
    dialect: 'OpenAI',
    body: (request) => ({
      model: 'any',
      messages: [
        { role: 'system', content: request.system },
        ...request.turns.flatMap(({ question, call, result, answer }) => [
          { role: 'user', content: [{ type: 'text', text: question }] },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: call.id,
                type: 'function',
                function: { name: call.name, arguments: JSON.stringify(call.arguments) },
              },
            ],
          },
          { role: 'tool', tool_call_id: call.id, content: result },
          { role: 'assistant', content: answer },
        ]),
        { role: 'user', content: 'Go on.' },
      ],
      tools: functions(request),
      stream: true,
    }),
    read: (body) => fromOpenAi(parseBody(chatCompletionBody, body)),
  },
  {
    dialect: 'Anthropic',
    body: (request) => ({
      model: 'any',
      max_tokens: 1_000,
      system: [{ type: 'text', text: request.system, cache_control: { type: 'ephemeral' } }],
      messages: [
        ...request.turns.flatMap(({ question, call, result, answer }) => [
          { role: 'user', content: [{ type: 'text', text: question }] },
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id: call.id, name: call.name, input: call.arguments }],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: result }] },
          { role: 'assistant', content: [{ type: 'text', text: answer }] },
        ]),
        { role: 'user', content: 'Go on.' },
      ],
      tools: request.tools.map(({ name, description, schema }) => ({
        name,
        description,
        input_schema: schema,
      })),
      stream: true,
    }),
    read: (body) => toGeneration(parseBody(messagesBody, body)),
  },
  {
    dialect: 'Ollama',
    body: (request) => ({
      model: 'any',
      messages: [
        { role: 'system', content: request.system },
        ...request.turns.flatMap(({ question, call, result, answer }) => [
          { role: 'user', content: question },
          {
            role: 'assistant',
            content: '',
            tool_calls: [{ function: { name: call.name, arguments: call.arguments } }],
          },
          { role: 'tool', tool_name: call.name, content: result },
          { role: 'assistant', content: answer },
        ]),
        { role: 'user', content: 'Go on.' },
      ],
      tools: functions(request),
    }),
    read: (body) => fromOllama(parseBody(ollamaChatBody, body)),
  },
];

/** How one dialect words a piece of an answer for the wire. */
export interface Telling {
  readonly dialect: string;
  readonly begin: () => (piece: AnswerPiece) => string;
}

export const tellings: readonly Telling[] = [
  {
    dialect: 'OpenAI',
    begin: () => {
      const head = { id: 'chatcmpl-0', created: 0, model: 'any' };
      const words = chatFormat.stream(head, { first: 0, choices: 1 });
      return (piece) =>
        words
          .piece(piece)
          .map((chunk) => serverSentEvent(chunk))
          .join('');
    },
  },
  {
    dialect: 'Anthropic',
    begin: () => {
      const stream = new MessageStream({
        id: 'msg_0',
        model: 'any',
        maxTokens: 1_000,
        stops: [],
        hidesThinking: false,
      });
      return (piece) =>
        stream
          .hear(piece)
          .map((event) => serverSentEvent(event, event.type))
          .join('');
    },
  },
];
