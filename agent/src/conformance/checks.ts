import type { ConformanceCheck } from '@impetus/contracts';
import { z } from 'zod';
import { readChatStream } from './chat-stream.ts';
import type { Endpoint } from './endpoint.ts';
import {
  fail,
  Flaw,
  isUnknownPath,
  pass,
  refusalOf,
  must,
  requireAnswer,
  unavailable,
  type Finding,
} from './outcome.ts';

/** What a check may use. */
export interface CheckContext {
  readonly endpoint: Endpoint;
  readonly model: string;
}

type Check = (context: CheckContext) => Promise<Finding>;

/** Few, so that a large model is done with it soon. */
const maxTokens = 16;
const messages = [{ role: 'user', content: 'Say hello.' }];

const modelList = z.object({
  data: z.array(z.object({ id: z.string(), meta: z.object({ n_ctx: z.int().nullable() }) })),
});

async function listed({ endpoint, model }: CheckContext) {
  const answer = await endpoint.get('/v1/models');
  requireAnswer(answer);
  const { data } = modelList.safeParse(answer.body);
  if (data === undefined) throw new Flaw('The list of models has not the form that clients read.');
  const found = data.data.find(({ id }) => id === model);
  if (found === undefined) throw new Flaw('The model is not in the list.');
  return { count: data.data.length, contextSize: found.meta.n_ctx };
}

const models: Check = async (context) => {
  const { count } = await listed(context);
  return pass(`The key is let in, and the model is in the list of ${count}.`);
};

const stream: Check = async ({ endpoint, model }) => {
  const answer = await endpoint.stream('/v1/chat/completions', { model, messages, max_tokens: maxTokens });
  const { pieces, finishReason } = readChatStream(answer);
  must(pieces > 0 || finishReason === 'stop', 'The stream ended without a word.');
  const first = (answer.firstMs / 1_000).toFixed(1);
  return pass(
    `The answer began after ${first} s and came in ${pieces} ${pieces === 1 ? 'piece' : 'pieces'}.`,
  );
};

const wholeChat = z.object({
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
});

/** The same chat whole and as a stream has to cost the same prompt. */
const usage: Check = async ({ endpoint, model }) => {
  const body = { model, messages, max_tokens: maxTokens };
  const whole = await endpoint.post('/v1/chat/completions', body);
  requireAnswer(whole);
  const counted = wholeChat.safeParse(whole.body).data?.usage;
  if (counted === undefined) throw new Flaw('A whole answer does not say what it cost.');
  const streamed = readChatStream(
    await endpoint.stream('/v1/chat/completions', { ...body, stream_options: { include_usage: true } }),
  ).usage;
  if (streamed === null) throw new Flaw('A stream that was asked for its usage does not say it.');
  for (const one of [counted, streamed]) {
    must(one.total_tokens === one.prompt_tokens + one.completion_tokens, 'The total is not the sum.');
    must(one.completion_tokens <= maxTokens, 'More was written than max_tokens allows.');
  }
  must(
    counted.prompt_tokens === streamed.prompt_tokens,
    'A stream counts another prompt than a whole answer.',
  );
  return pass(
    `${streamed.prompt_tokens} tokens read and ${streamed.completion_tokens} written, in both forms.`,
  );
};

const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'Tells the weather in a city.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', enum: ['Oslo', 'Lima'] } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
const weatherCall = z.object({ city: z.enum(['Oslo', 'Lima']) });

const tools: Check = async ({ endpoint, model }) => {
  const { calls, finishReason } = readChatStream(
    await endpoint.stream('/v1/chat/completions', {
      model,
      messages: [{ role: 'user', content: 'What is the weather in Oslo?' }],
      tools: [weather],
      tool_choice: 'required',
      parallel_tool_calls: false,
      max_tokens: 1_024,
    }),
  );
  if (calls.length === 0 && finishReason === 'length') {
    return fail('It thought for 1,024 tokens and called nothing.');
  }
  const [call] = calls;
  if (call === undefined) throw new Flaw('It called no tool where one was required.');
  must(finishReason === 'tool_calls', `The finish reason is “${finishReason}” in place of “tool_calls”.`);
  must(call.name === 'weather', `It called “${call.name}”, which it was not offered.`);
  must(
    weatherCall.safeParse(parsed(call.arguments)).success,
    `Its arguments break the schema: ${call.arguments}`,
  );
  return pass(`It called weather with ${call.arguments}.`);
};

const fim: Check = async ({ endpoint, model }) => {
  const answer = await endpoint.post('/v1/fim/completions', {
    model,
    prompt: 'function add(a, b) {\n  return ',
    suffix: '\n}\n',
    max_tokens: maxTokens,
  });
  if (isUnknownPath(answer)) return unavailable('This agent does not offer it.');
  const refusal = refusalOf(answer.body);
  if (answer.status === 400 && refusal !== null) return unavailable(refusal.message);
  requireAnswer(answer);
  return pass('It fills a gap between what stands before and after.');
};

const responseEvent = z.looseObject({ type: z.string(), sequence_number: z.int() });
const responseEnd = z.object({
  response: z.object({
    id: z.string(),
    usage: z.object({ input_tokens: z.int(), output_tokens: z.int(), total_tokens: z.int() }),
  }),
});

const responses: Check = async ({ endpoint, model }) => {
  const answer = await endpoint.stream('/v1/responses', {
    model,
    input: 'Say hello.',
    max_output_tokens: maxTokens,
    store: false,
  });
  if (isUnknownPath(answer)) return unavailable('This agent does not offer it.');
  requireAnswer(answer);
  const events = answer.events.map(({ data }) => responseEvent.safeParse(data).data);
  must(
    events.every((event, index) => event?.sequence_number === index),
    'Its events are not numbered one after the other.',
  );
  must(events[0]?.type === 'response.created', 'The stream does not begin with response.created.');
  const last = events.at(-1);
  const isEnd = last?.type === 'response.completed' || last?.type === 'response.incomplete';
  must(isEnd, `The stream ends with ${last?.type ?? 'nothing'}.`);
  const { data } = responseEnd.safeParse(last);
  if (data === undefined) throw new Flaw('The last event does not say what the answer cost.');
  return pass(`${events.length} events in order, ${data.response.usage.output_tokens} tokens written.`);
};

const messageEvent = z.looseObject({ type: z.string() });

const anthropic: Check = async ({ endpoint, model }) => {
  const answer = await endpoint.stream('/v1/messages', { model, messages, max_tokens: maxTokens });
  if (isUnknownPath(answer)) return unavailable('This agent does not offer it.');
  requireAnswer(answer);
  const events = answer.events.map(({ event, data }) => ({
    event,
    type: messageEvent.safeParse(data).data?.type,
  }));
  must(
    events.every(({ event, type }) => event === type),
    'The name of an event is not the type in its data.',
  );
  must(events[0]?.type === 'message_start', 'The stream does not begin with message_start.');
  must(events.at(-1)?.type === 'message_stop', 'The stream does not end with message_stop.');
  must(
    events.some(({ type }) => type === 'message_delta'),
    'No message_delta says why it stopped.',
  );
  return pass(`${events.length} events in order.`);
};

/** Each of these words is a token at least, so that there are too many of them whatever the vocabulary. */
const word = 'word ';

const context: Check = async (given) => {
  const { contextSize } = await listed(given);
  if (contextSize === null) throw new Flaw('The list does not say how much the loaded model holds.');
  const answer = await given.endpoint.post('/v1/chat/completions', {
    model: given.model,
    messages: [{ role: 'user', content: word.repeat(contextSize + 1) }],
    max_tokens: 1,
  });
  const refusal = refusalOf(answer.body);
  must(answer.status === 400, `A prompt that is too long is answered with ${answer.status} in place of 400.`);
  must(refusal?.code === 'context_length_exceeded', 'A prompt that is too long is refused without its code.');
  must(
    refusal?.message.includes('maximum context length') === true,
    'A prompt that is too long is refused without the words that clients look for.',
  );
  return pass(`It holds ${contextSize.toLocaleString('en')} tokens, and refuses what is longer.`);
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const checks: Readonly<Record<ConformanceCheck, Check>> = {
  models,
  stream,
  usage,
  tools,
  fim,
  responses,
  messages: anthropic,
  context,
};
