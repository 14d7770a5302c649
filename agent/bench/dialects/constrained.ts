import { syntheticModel } from '../engine/models/write.ts';
import { startOurs } from '../engine/servers/ours.ts';
import type { Server } from '../engine/servers/server.ts';
import { percentile } from '../statistics.ts';

const rounds = 7;
const tokens = 128;

/** A document of long strings. Like a model that knows its task, this one mostly writes what fits into them. */
const strings = String.raw`root ::= "{\"text\":\"" [^"\\\x00-\x1F]+`;

/** A document whose form turns up at every few tokens; a model of random weights never guesses it. */
const schema = {
  type: 'object',
  required: ['steps'],
  properties: {
    steps: {
      type: 'array',
      minItems: 100,
      items: {
        type: 'object',
        required: ['title', 'done'],
        properties: { title: { type: 'string', minLength: 12 }, done: { type: 'boolean' } },
      },
    },
  },
};

const ways = {
  free: { ignore_eos: true },
  agreeing: { grammar: strings },
  refused: { response_format: { type: 'json_schema', json_schema: { name: 'plan', schema } } },
} as const;

/** Tokens per second. */
export type Speeds = Readonly<Record<keyof typeof ways, number>>;

/** Decodes freely, by a grammar that the model mostly agrees with and by one that it never does, in turn; medians. */
export async function measureConstrained(say: (what: string) => void): Promise<Speeds> {
  const model = await syntheticModel('135m', say);
  await using server = await startOurs({ model, sequences: 1, contextSize: 4_096 });
  const measured = { free: [] as number[], agreeing: [] as number[], refused: [] as number[] };
  const names = ['free', 'agreeing', 'refused'] as const;
  // The first of each reads the weights, and the grammar.
  for (const name of names) await speed(server, ways[name]);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) measured[name].push(await speed(server, ways[name]));
  }
  const median = (name: keyof typeof ways) => percentile(measured[name], 0.5);
  return { free: median('free'), agreeing: median('agreeing'), refused: median('refused') };
}

async function speed({ port, key, model }: Server, way: object): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      messages: [{ role: 'user', content: 'What is to be done?' }],
      max_tokens: tokens,
      ...way,
    }),
  });
  const answer = (await response.json()) as {
    readonly timings?: { readonly predicted_n: number; readonly predicted_ms: number };
  };
  const { predicted_n: written = 0, predicted_ms: ms = 0 } = answer.timings ?? {};
  if (written !== tokens) throw new Error(`The answer has ${written} tokens: ${JSON.stringify(answer)}`);
  return (written / ms) * 1_000;
}
