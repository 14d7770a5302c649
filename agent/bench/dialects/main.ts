import { ChatTemplate } from '../../runner/templates/chat-template.ts';
import { realTemplates } from '../../runner/testing/real-templates.ts';
import { schemaGrammar } from '../../src/wire/grammars.ts';
import { percentile, printTable, type Row } from '../statistics.ts';
import { measureConstrained } from './constrained.ts';
import { longRequest } from './long-request.ts';
import { askings, tellings } from './wordings.ts';

const rounds = 200;
const pieces = 50_000;

const milliseconds = (value: number) => `${value.toFixed(value < 0.1 ? 4 : 2)} ms`;

function timed(act: () => unknown): number {
  const startedAt = performance.now();
  act();
  return performance.now() - startedAt;
}

function median(act: () => unknown): number {
  for (let warm = 0; warm < 20; warm += 1) act();
  return percentile(
    Array.from({ length: rounds }, () => timed(act)),
    0.5,
  );
}

/** A much-used template that knows tools; where it cannot be read, the one for models without. */
async function template(): Promise<ChatTemplate> {
  const source = (await realTemplates())?.get('Qwen-Qwen3-0.6B') ?? null;
  if (source === null) process.stdout.write('No real template could be read: ChatML takes its place.\n');
  return new ChatTemplate({
    source,
    bosToken: '',
    eosToken: '<|im_end|>',
    controlTokens: ['<|im_start|>', '<|im_end|>', '<|endoftext|>'],
  });
}

async function reading(): Promise<Row[]> {
  const request = longRequest();
  const chat = await template();
  return askings.map(({ dialect, body, read }) => {
    const text = JSON.stringify(body(request));
    const measured = median(() => {
      const { prompt } = read(JSON.parse(text));
      if (prompt.kind !== 'chat') throw new Error('A conversation was sent.');
      return chat.render(prompt);
    });
    const size = `${Math.round(text.length / 1_000)} kB, 25 tools`;
    return {
      what: `${dialect}: read and rendered, ${size}`,
      measured: milliseconds(measured),
      budget: 'under 15 ms',
    };
  });
}

function grammars(): Row[] {
  const schemas = longRequest().tools.map(({ schema }) => schema);
  const compile = () => schemas.forEach((schema) => schemaGrammar(schema, 'tools'));
  return [
    { what: '25 schemas to grammars, the first time', measured: milliseconds(timed(compile)), budget: '' },
    { what: 'the same again', measured: milliseconds(median(compile)), budget: 'kept' },
  ];
}

function telling(): Row[] {
  return tellings.map(({ dialect, begin }) => {
    const tell = begin();
    const all = () => {
      for (let n = 0; n < pieces; n += 1) tell({ kind: 'delta', text: ' word', tokens: 1 });
    };
    all();
    return {
      what: `${dialect}: a token worded for the stream`,
      measured: milliseconds(timed(all) / pieces),
      budget: 'under 0.1 ms',
    };
  });
}

async function decoding(): Promise<Row[]> {
  const { free, agreeing, refused } = await measureConstrained((what) => process.stderr.write(`${what}\n`));
  const row = (what: string, speed: number, budget = ''): Row => ({
    what: `${what}, 135M`,
    measured: `${speed.toFixed(1)} tokens/s, ${(speed / free).toFixed(2)}`,
    budget,
  });
  return [
    row('decoding freely', free),
    row('by a grammar that the model mostly agrees with', agreeing, 'at least 0.90'),
    row('by a schema that refuses each of its choices', refused),
  ];
}

printTable('', [...(await reading()), ...grammars(), ...telling(), ...(await decoding())]);
