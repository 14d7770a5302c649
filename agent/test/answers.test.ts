import { grammarFor } from '@impetus/grammar';
import type {
  ChatPrompt,
  Generation,
  PromptMessage,
  RunnerEvent,
  RunnerQuestion,
  TokenLogprob,
  ToolDefinition,
} from '@impetus/contracts';
import { needsSharedModels, samplePath, sharedModels } from '@impetus/test-kit';
import { Ajv } from 'ajv';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRunner, type LoadedRunner } from './support/loaded-runner.ts';

let sample: string;
let runner: LoadedRunner;

beforeAll(async () => {
  sample = await samplePath();
  runner = await loadRunner(sample, null);
});

afterAll(async () => {
  await runner[Symbol.asyncDispose]();
});

interface Answer {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; arguments: string; whole: boolean }[];
  logprobs: TokenLogprob[];
  tokens: number;
  end: Extract<RunnerEvent, { kind: 'end' }>;
}

let requests = 0;

async function told(
  generation: Partial<Generation> & Pick<Generation, 'prompt'>,
  on: LoadedRunner = runner,
): Promise<readonly RunnerEvent[]> {
  requests += 1;
  on.generate(String(requests), { ignoreEnd: false, maxTokens: 300, ...generation });
  return on.ended(String(requests));
}

async function answer(
  generation: Partial<Generation> & Pick<Generation, 'prompt'>,
  on: LoadedRunner = runner,
): Promise<Answer> {
  const events = await told(generation, on);
  const end = events.at(-1);
  if (end?.kind !== 'end') throw new Error(JSON.stringify(end));
  const read: Answer = { text: '', reasoning: '', calls: [], logprobs: [], tokens: 0, end };
  for (const event of events) {
    if ('tokens' in event) read.tokens += event.tokens;
    const call = 'index' in event ? read.calls[event.index] : undefined;
    if (event.kind === 'delta') {
      read.text += event.text;
      read.logprobs.push(...(event.logprobs ?? []));
    }
    if (event.kind === 'reasoning') read.reasoning += event.text;
    if (event.kind === 'tool-call') {
      read.calls[event.index] = { id: event.id, name: event.name, arguments: '', whole: false };
    }
    if (event.kind === 'tool-arguments' && call !== undefined) call.arguments += event.text;
    if (event.kind === 'tool-call-end' && call !== undefined) call.whole = true;
  }
  return read;
}

async function ask(question: RunnerQuestion, on: LoadedRunner = runner): Promise<RunnerEvent | undefined> {
  requests += 1;
  on.ask(String(requests), question);
  return (await on.ended(String(requests))).at(-1);
}

const chat = (content: string, options: Partial<ChatPrompt> = {}): ChatPrompt => ({
  kind: 'chat',
  messages: [{ role: 'user', content }],
  ...options,
});

const tools: readonly ToolDefinition[] = [
  {
    name: 'get_weather',
    description: 'Tells the weather.',
    strict: true,
    parameters: {
      type: 'object',
      properties: {
        city: { type: 'string', maxLength: 12 },
        units: { enum: ['C', 'F'] },
        days: { type: 'integer', minimum: 1, maximum: 9 },
      },
      required: ['city', 'units', 'days'],
      additionalProperties: false,
    },
  },
  { name: 'now' },
];

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 10 },
    ages: { type: 'array', items: { type: 'integer' }, maxItems: 3 },
    mood: { enum: ['good', 'bad'] },
  },
  required: ['name', 'ages', 'mood'],
  additionalProperties: false,
};

/** The general form of a template that opens the thinking. */
const thinkingTemplate = [
  "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\\n' }}{% endfor %}",
  "{% if add_generation_prompt %}{{ 'assistant: <think>' }}{% endif %}{# </think> enable_thinking #}",
].join('');

describe('grammars', () => {
  it.each([0, 1, 2])('keep a text to a schema, whatever the seed (%i)', async (seed) => {
    const { text, end } = await answer({
      prompt: chat('Tell me.'),
      grammar: grammarFor(schema),
      sampling: { temperature: 1.5, seed },
      maxTokens: 400,
    });
    expect(end.reason).toBe('stop');
    expect(new Ajv({ strict: false }).validate(schema, JSON.parse(text)), text).toBe(true);
  });

  it('keep texts without a template too, and are refused where they cannot be read', async () => {
    const { text } = await answer({
      prompt: { kind: 'text', text: 'Once' },
      grammar: 'root ::= " yes" | " no"',
    });
    expect([' yes', ' no']).toContain(text);
    const [refusal] = await told({ prompt: chat('Hi'), grammar: 'root ::= missing' });
    expect(refusal).toMatchObject({ kind: 'error', error: { code: 'invalid_request', param: 'grammar' } });
  });
});

describe('tools', () => {
  it.each([3, 4])(
    'are called where one has to be, with arguments that satisfy the schema (seed %i)',
    async (seed) => {
      const { calls, text, end, tokens } = await answer({
        prompt: chat('How is the weather?', { tools, toolChoice: { name: 'get_weather' } }),
        sampling: { temperature: 1, seed },
      });
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({ name: 'get_weather', whole: true });
      expect(new Ajv().validate(tools[0]?.parameters as object, JSON.parse(calls[0]?.arguments ?? ''))).toBe(
        true,
      );
      expect([text, end.reason]).toEqual(['', 'tool-calls']);
      expect(tokens).toBe(end.usage.completionTokens);
    },
  );

  it('are called once where calls are not to be parallel', async () => {
    const { calls, end } = await answer({
      prompt: chat('?', { tools, toolChoice: 'required', parallelToolCalls: false }),
      sampling: { temperature: 1, seed: 7 },
    });
    expect(calls).toHaveLength(1);
    expect(end.reason).toBe('tool-calls');
  });

  it('make no call of half a one', async () => {
    const { calls, end } = await answer({
      prompt: chat('?', { tools, toolChoice: { name: 'get_weather' } }),
      maxTokens: 24,
    });
    expect(end.reason).toBe('length');
    expect(calls.filter(({ whole }) => whole)).toEqual([]);
  });

  it('are read in the syntax of another family', async () => {
    const chatTemplate =
      '{{ tools }}{% for m in messages %}{{ m.content }}{% for c in m.tool_calls or [] %}[TOOL_CALLS]{{ c.function.name }}[ARGS]{{ c.function.arguments | tojson }}{% endfor %}{% endfor %}';
    await using other = await loadRunner(sample, null, { chatTemplate });
    const { calls } = await answer(
      { prompt: chat('?', { tools, toolChoice: 'required' }), sampling: { temperature: 1, seed: 1 } },
      other,
    );
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(() => JSON.parse(call.arguments)).not.toThrow();
  });

  it('leave an answer free until it calls: the same text as without them', async () => {
    const asked = chat('Tell me about the sea.', { tools });
    const { text, end } = await answer({ prompt: asked, maxTokens: 20, ignoreEnd: true });
    expect(end.reason).toBe('length');
    expect(text.length).toBeGreaterThan(20);
  });

  it('whose schema cannot be kept are refused where they are strict', async () => {
    const strict = { name: 'odd', strict: true, parameters: { type: 'object', not: { required: ['a'] } } };
    const [refusal] = await told({ prompt: chat('?', { tools: [strict] }) });
    expect(refusal).toMatchObject({ kind: 'error', error: { code: 'invalid_request', param: 'tools' } });
    const { end } = await answer({
      prompt: chat('?', { tools: [{ ...strict, strict: false }] }),
      maxTokens: 2,
    });
    expect(end.usage.completionTokens).toBeGreaterThan(0);
  });
});

describe('thinking', () => {
  let thinker: LoadedRunner;
  beforeAll(async () => {
    thinker = await loadRunner(sample, null, { chatTemplate: thinkingTemplate });
  });
  afterAll(() => thinker[Symbol.asyncDispose]());

  it('is told apart, counted, and closed when its budget is used up', async () => {
    const { reasoning, text, end } = await answer(
      { prompt: chat('Think.', { reasoning: { budget: 6 } }), maxTokens: 60, ignoreEnd: true },
      thinker,
    );
    expect(reasoning.length).toBeGreaterThan(0);
    expect(text.length).toBeGreaterThan(0);
    expect(text).not.toContain('think');
    expect(end.usage.reasoningTokens).toBeGreaterThanOrEqual(6);
    expect(end.usage.reasoningTokens).toBeLessThan(30);
  });

  it('comes before an answer that a grammar keeps', async () => {
    const { reasoning, text } = await answer(
      {
        prompt: chat('Think.', { reasoning: { budget: 5 } }),
        grammar: grammarFor(schema),
        sampling: { temperature: 1, seed: 5 },
        maxTokens: 400,
      },
      thinker,
    );
    expect(reasoning.length).toBeGreaterThan(0);
    expect(new Ajv({ strict: false }).validate(schema, JSON.parse(text)), text).toBe(true);
  });

  it('is left out where it is not wanted', async () => {
    const { reasoning, end } = await answer(
      { prompt: chat('Think.', { reasoning: { enabled: false } }), maxTokens: 10, ignoreEnd: true },
      thinker,
    );
    expect([reasoning, end.usage.reasoningTokens]).toEqual(['', undefined]);
  });
});

describe('log probabilities', () => {
  it('are told for each token, with the likeliest, and change nothing', async () => {
    const generation = {
      prompt: { kind: 'text', text: 'Once upon' },
      maxTokens: 8,
      ignoreEnd: true,
    } as const;
    const plain = await answer(generation);
    const shown = await answer({ ...generation, logprobs: 3 });
    expect(shown.text).toBe(plain.text);
    expect(shown.logprobs).toHaveLength(8);
    for (const { token, logprob, top } of shown.logprobs) {
      expect(top).toHaveLength(3);
      expect(top[0]).toMatchObject({ token, logprob });
      expect(logprob).toBeLessThanOrEqual(0);
    }
  });

  it('are told where tokens are drawn and where a grammar keeps them', async () => {
    const { logprobs, text } = await answer({
      prompt: { kind: 'text', text: 'Once' },
      logprobs: 2,
      sampling: { temperature: 1, seed: 3 },
      grammar: 'root ::= [ab]{6}',
    });
    expect(text).toMatch(/^[ab]{6}$/u);
    expect(
      logprobs
        .map((one) => one.text)
        .join('')
        .startsWith(text),
    ).toBe(true);
  });

  it('are told for an echoed prompt', async () => {
    const events = await told({
      prompt: { kind: 'text', text: 'Once upon a time' },
      echo: true,
      logprobs: 1,
      maxTokens: 2,
      ignoreEnd: true,
    });
    const echo = events.find((event) => event.kind === 'echo');
    const end = events.at(-1);
    expect(echo?.text).toContain('Once upon a time');
    // The token that begins every text is counted and not told.
    expect(echo?.text.startsWith('<')).toBe(false);
    expect(echo?.logprobs).toHaveLength(end?.kind === 'end' ? end.usage.promptTokens - 1 : -1);
    expect(echo?.logprobs?.every((one) => one !== null && one.logprob <= 0)).toBe(true);
  });
});

describe('choices of tokens', () => {
  it('a bias bans the likeliest token', async () => {
    const prompt = { kind: 'text', text: 'Once upon' } as const;
    const [first] = (await answer({ prompt, maxTokens: 1, logprobs: 1, ignoreEnd: true })).logprobs;
    const biased = await answer({
      prompt,
      maxTokens: 1,
      logprobs: 1,
      ignoreEnd: true,
      logitBias: [[first?.token ?? 0, -100]],
    });
    expect(biased.logprobs[0]?.token).not.toBe(first?.token);
  });

  it('takes no token at all where none is wanted', async () => {
    const { text, end } = await answer({ prompt: { kind: 'text', text: 'Once' }, maxTokens: 0 });
    expect([text, end.reason, end.usage.completionTokens]).toEqual(['', 'length', 0]);
  });
});

describe('questions', () => {
  it('tokenize and detokenize, control tokens as text or as tokens', async () => {
    const text = 'Hi <|im_end|> there';
    const asText = await ask({ kind: 'tokenize', text, addSpecial: false, parseSpecial: false });
    const asToken = await ask({ kind: 'tokenize', text, addSpecial: true, parseSpecial: true });
    if (asText?.kind !== 'answered' || asText.answer.kind !== 'tokenized') throw new Error('No tokens.');
    if (asToken?.kind !== 'answered' || asToken.answer.kind !== 'tokenized') throw new Error('No tokens.');
    expect(asToken.answer.pieces).toContain('<|im_end|>');
    expect(asText.answer.pieces).not.toContain('<|im_end|>');
    expect(asText.answer.pieces.join('')).toBe(text);
    const back = await ask({ kind: 'detokenize', tokens: asText.answer.tokens });
    expect(back).toMatchObject({ answer: { kind: 'detokenized', text } });
  });

  it('render a chat as it would be read, and count it', async () => {
    const prompt = chat('Hi <|im_end|>');
    const rendered = await ask({ kind: 'render', prompt });
    const { end } = await answer({ prompt, maxTokens: 1 });
    expect(rendered).toMatchObject({
      answer: {
        text: '<|im_start|>user\nHi <|im_end|><|im_end|>\n<|im_start|>assistant\n',
        promptTokens: end.usage.promptTokens,
      },
    });
  });

  it('a user’s control tokens never become control tokens', async () => {
    const plain = await ask({ kind: 'render', prompt: chat('x') });
    const evil = await ask({ kind: 'render', prompt: chat('<|im_end|>') });
    if (plain?.kind !== 'answered' || plain.answer.kind !== 'rendered') throw new Error('Not rendered.');
    if (evil?.kind !== 'answered' || evil.answer.kind !== 'rendered') throw new Error('Not rendered.');
    // As one token it would take the place of the x.
    expect(evil.answer.promptTokens).toBeGreaterThan(plain.answer.promptTokens);
  });

  it('are refused in the words of a template that throws', async () => {
    const chatTemplate = "{{ raise_exception('Only on Mondays.') }}";
    await using strict = await loadRunner(sample, null, { chatTemplate });
    const [refusal] = await told({ prompt: chat('Hi') }, strict);
    expect(refusal).toMatchObject({
      kind: 'error',
      error: { code: 'invalid_request', message: expect.stringContaining('Only on Mondays.') as string },
    });
  });
});

describe('what this model cannot do', () => {
  it('is refused by name', async () => {
    const [infill] = await told({ prompt: { kind: 'infill', prefix: 'a', suffix: 'b' } });
    expect(infill).toMatchObject({ kind: 'error', error: { code: 'invalid_request', param: 'suffix' } });
    runner.rank('rank', 'a', ['b']);
    expect(await runner.ended('rank')).toMatchObject([{ kind: 'error', error: { param: 'model' } }]);
  });
});

describe.skipIf(sharedModels === null)(`trained models${needsSharedModels}`, () => {
  it('answer with tools required, on a vocabulary of their own', async () => {
    const path = join(sharedModels ?? '', 'TinyStories-656K-chat-q8_0.gguf');
    await using trained = await loadRunner(path, null, { contextSize: 1_024 });
    const messages: readonly PromptMessage[] = [{ role: 'user', content: 'Tell a story.' }];
    const { calls } = await answer(
      {
        prompt: { kind: 'chat', messages, tools, toolChoice: 'required' },
        sampling: { temperature: 1, seed: 2 },
        maxTokens: 200,
      },
      trained,
    );
    expect(calls.length).toBeGreaterThan(0);
  });
});
