import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultAgentSettings, defaultModelMarks, modelQuerySchema } from '@impetus/contracts';
import { encodeGguf } from '@impetus/gguf';
import { temporaryFolder } from '@impetus/test-kit';
import { openDatabase } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { EventBus } from '../../src/events/bus.ts';
import type { PublishedEvent } from '../../src/events/types.ts';
import { openLibrary, StoredModelSettings, StoredOrigins } from '../../src/models/index.ts';
import { queryModels } from '../../src/models/query.ts';
import type { ModelCatalogue } from '../../src/models/types.ts';
import { printColumns } from '../engine/columns.ts';

/** A library of thousands: how long it takes to read with nothing and with everything remembered, and to page. */
const { values: options } = parseArgs({ options: { models: { type: 'string', default: '2000' } } });
const count = Number(options.models);
const rounds = 5;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function fill(folder: string): Promise<void> {
  const template = `{% for message in messages %}{{ message.content }}{% endfor %}${' '.repeat(4000)}`;
  for (let index = 0; index < count; index += 1) {
    const publisher = join(folder, `publisher-${index % 40}`);
    await mkdir(publisher, { recursive: true });
    await using file = await open(join(publisher, `model-${index}-Q4_K_M.gguf`), 'w');
    const chunks = encodeGguf({
      metadata: new Map([
        ['general.architecture', { type: 'string', value: index % 3 === 0 ? 'qwen3' : 'llama' }],
        ['general.name', { type: 'string', value: `Model ${index}` }],
        ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
        ['tokenizer.chat_template', { type: 'string', value: template }],
        ['llama.context_length', { type: 'uint32', value: 8192 }],
      ]),
      tensors: [
        {
          name: 'token_embd.weight',
          dimensions: [32, 32],
          type: 'F32',
          values: () => new Float32Array(1024),
        },
      ],
    });
    for (const chunk of chunks) await file.write(chunk);
    await file.write(randomBytes(16));
  }
}

async function timed<T>(task: () => T | Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now();
  const result = await task();
  return [result, performance.now() - began];
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const ms = (value: number) => `${value.toFixed(1)} ms`;

await using home = await temporaryFolder();
const models = join(home.path, 'models');
await fill(models);
const heard: PublishedEvent[] = [];

async function openOn(database: string): Promise<ModelCatalogue & AsyncDisposable> {
  const connection = openDatabase(database);
  await migrate(connection, { backups: join(home.path, 'backups') });
  const bus = new EventBus();
  const { db } = connection;
  const catalogue = await openLibrary({
    db,
    bus,
    log: silent,
    feed: { publish: (event: PublishedEvent) => heard.push(event) } as never,
    places: { modelsFolder: models, huggingFace: [], lmStudio: [], ollama: [] },
    sampleFolder: join(home.path, 'sample'),
    modelSettings: await StoredModelSettings.open({ db, bus, log: silent, exists: () => true }),
    origins: await StoredOrigins.open(db),
    settings: { agent: () => defaultAgentSettings, defaultModel: () => null },
    busy: () => false,
  });
  return {
    ...catalogue,
    async [Symbol.asyncDispose]() {
      await catalogue[Symbol.asyncDispose]();
      await connection[Symbol.asyncDispose]();
    },
  };
}

const database = join(home.path, 'impetus.db');
const state = { isLoaded: () => false, limitBytes: 16e9 };
const [first, coldMs] = await timed(() => openOn(database));
await first[Symbol.asyncDispose]();
const [catalogue, warmMs] = await timed(() => openOn(database));
const rescans: number[] = [];
for (let round = 0; round < rounds; round += 1) rescans.push((await timed(() => catalogue.rescan()))[1]);
const query = modelQuerySchema.parse({ search: 'qwen model-1', sort: 'size', descending: true });
const pages: number[] = [];
for (let round = 0; round < rounds * 4; round += 1) {
  pages.push((await timed(() => JSON.stringify(queryModels(catalogue.list(), query, state))))[1]);
}
const all = JSON.stringify(catalogue.list()).length;
heard.length = 0;
const [, markMs] = await timed(() =>
  catalogue.mark([catalogue.list()[7]?.id ?? ''], { ...defaultModelMarks, favourite: true }),
);
const told = heard.map((event) => JSON.stringify(event).length);
printColumns(
  [
    ['models', String(catalogue.list().length)],
    ['first reading, nothing remembered', ms(coldMs)],
    ['start with everything remembered, database included', ms(warmMs)],
    ['reading the folders again (median)', ms(median(rescans))],
    ['a page: searched, sorted, as JSON (median)', ms(median(pages))],
    ['the whole list as JSON', `${(all / 1e6).toFixed(2)} MB`],
    ['one favourite: until it is kept and told', ms(markMs)],
    ['what screens hear of it', `${told.reduce((a, b) => a + b, 0)} bytes in ${told.length} event`],
  ],
  new Set([1]),
);
await catalogue[Symbol.asyncDispose]();
