import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeGguf } from '../describe.ts';
import { assertComplete, readGgufHeader } from '../header.ts';
import { bytesSource } from '../source.ts';
import { ReferenceLlama } from '../testing/llama.ts';
import { ReferenceTokenizer } from '../testing/tokenizer.ts';
import { encodeGguf } from '../write.ts';
import { sampleModelDigest, sampleModelIsCurrent } from './current.ts';
import { makeSampleModel } from './make.ts';
import { sampleContents } from './model.ts';
import { topics } from './text.ts';

const file = Buffer.concat([...encodeGguf(sampleContents())]);
const header = await readGgufHeader(bytesSource(file), { keepArraysUpTo: Infinity });
const tokenizer = new ReferenceTokenizer(header);

test('has the same bytes everywhere', () => {
  expect(createHash('sha256').update(file).digest('hex')).toBe(sampleModelDigest);
});

test('says what it is, in under four megabytes', () => {
  assertComplete(header);
  expect(file.length).toBeLessThan(4_000_000);
  const description = describeGguf(header);
  expect(description).toMatchObject({
    kind: 'chat',
    architecture: 'llama',
    name: 'IMPETUS sample',
    license: 'mit',
    quant: 'Q8_0',
    contextLength: 32_768,
    tokenizerModel: 'llama',
    lacksByteTokens: false,
  });
  expect(description.description).toContain('knows nothing else');
  expect(description.chatTemplate).toContain('add_generation_prompt');
  expect(`${(description.parameterCount / 1e6).toFixed(1)}M`).toBe(description.sizeLabel);
});

test('has a token for each byte, and no text twice', () => {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
  );
  expect(tokenizer.texts).toEqual(expect.arrayContaining(bytes));
  expect(new Set(tokenizer.texts).size).toBe(tokenizer.texts.length);
});

test('reads every sentence of its text as whole words', () => {
  for (const sentence of topics.flatMap((topic) => topic.sentences.flat())) {
    const words = ` ${sentence}`.match(/ ?[A-Za-z]+|[.,!?:]/gu);
    expect(tokenizer.encode(` ${sentence}`).map((id) => tokenizer.decode([id]))).toEqual(words);
  }
});

describe('run by its own weights', () => {
  const prompt = (...turns: string[]): string =>
    [...turns, '']
      .map((turn, index) => `<|im_start|>${index % 2 ? 'assistant' : 'user'}\n${turn}`)
      .join('<|im_end|>\n');

  test.each([
    [0, prompt('xyzzy 🧀')],
    [1, prompt('Hello!')],
    [9, prompt('Please tell me a long story.')],
    [
      3,
      prompt(
        'Tell me a story.',
        'Once upon a time there was a lighthouse keeper.',
        'How do I pair my phone?',
      ),
    ],
    [0, 'The quick brown fox'],
  ])('answers with one sentence of each row of topic %i to %j', (topic, text) => {
    const answer = greedy(text);
    for (const row of topics[topic]?.sentences ?? []) {
      expect(row.filter((sentence) => answer.includes(sentence))).toHaveLength(1);
    }
    expect(answer.trim().split(' ').length).toBeGreaterThan(40);
    expect(answer.trim().split(' ').length).toBeLessThan(150);
  });

  test('leaves almost nothing to words that do not fit, and a fair share to those that do', () => {
    const logits = after(prompt('Hello!'));
    const likely = probabilities(logits).filter(({ probability }) => probability > 0.001);
    expect(likely.map(({ id }) => tokenizer.decode([id])).toSorted()).toEqual(['Good', 'Hello']);
    for (const { probability } of likely) expect(probability).toBeGreaterThan(0.2);
  });

  test('goes on with a story that someone began', () => {
    expect(greedy('Once upon a time')).toMatch(/^ there was a lighthouse keeper/u);
  });
});

describe('on disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sample-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is current when it was just written, and not when it is missing or changed', async () => {
    const path = join(folder, 'sample.gguf');
    expect(await sampleModelIsCurrent(path)).toBe(false);
    await makeSampleModel(path);
    expect(await sampleModelIsCurrent(path)).toBe(true);
    await appendFile(path, 'x');
    expect(await sampleModelIsCurrent(path)).toBe(false);
  });
});

function after(text: string): Float32Array {
  const model = new ReferenceLlama(file, header);
  return feed(model, text);
}

function feed(model: ReferenceLlama, text: string): Float32Array {
  let logits = model.next(1);
  for (const token of tokenizer.encode(text)) logits = model.next(token);
  return logits;
}

/** Continues with the likeliest token until the end of the turn. */
function greedy(text: string): string {
  const model = new ReferenceLlama(file, header);
  const end = tokenizer.texts.indexOf('<|im_end|>');
  const tokens: number[] = [];
  let token = likeliest(feed(model, text));
  while (token !== end && tokens.length < 200) {
    tokens.push(token);
    token = likeliest(model.next(token));
  }
  expect(token).toBe(end);
  return tokenizer.decode(tokens);
}

function likeliest(logits: Float32Array): number {
  return logits.indexOf(Math.max(...logits));
}

function probabilities(logits: Float32Array): { id: number; probability: number }[] {
  const most = Math.max(...logits);
  const powers = [...logits].map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power, id) => ({ id, probability: power / total }));
}
