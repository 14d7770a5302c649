import { defaultAgentSettings, defaultModelSettings, type ModelEntry } from '@impetus/contracts';
import { expect, it } from 'vitest';
import type { FoundModel } from '../../models/sources/types.ts';
import { Estimates } from './estimates.ts';
import { Launches } from './launches.ts';

const gib = 2 ** 30;

/** The file has to be there; what is in it does not matter. */
const entry = {
  id: 'llama3.1:8b',
  name: 'Llama',
  kind: 'chat',
  path: import.meta.filename,
  sizeBytes: 4.6 * gib,
  contextLength: 131_072,
} as ModelEntry;

/** How the model is held that another program was told to hold with so much context. */
async function contextOf(
  kept: number | null,
  { owner = null, client }: { owner?: number | null; client?: number } = {},
) {
  const facts = { template: null, system: null, sampling: {}, stop: [], contextSize: kept };
  const spare = { answers: false, estimate: () => Promise.reject(new Error('nobody is there')) };
  const launches = new Launches({
    catalogue: {
      find: () => entry,
      found: () => ({ facts }) as unknown as FoundModel,
      kvShape: () => ({ blockCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128 }),
    },
    config: { contextSize: null, sequences: 1 },
    machine: { totalMemoryBytes: 64 * gib, threads: 4, platform: 'darwin' },
    settings: () => defaultAgentSettings,
    promptCacheFolder: '/nowhere',
    estimates: new Estimates({ spare, log: { debug() {}, info() {}, warn() {}, error() {} } }),
    budget: () => Promise.resolve({ limitBytes: 48 * gib, source: 'gpu', usedBytes: 0 }),
    pinnedBytes: () => 0,
  });
  const chosen = { ...defaultModelSettings, contextSize: owner };
  const wish = client === undefined ? {} : { contextWish: client };
  return (await launches.prepare(entry, chosen, wish)).settings.contextSize;
}

it('the context that another program was told to hold is a wish as a client’s is', async () => {
  expect(await contextOf(null)).toBe(32_768);
  expect(await contextOf(65_536)).toBe(65_536);
  expect(await contextOf(2_048)).toBe(32_768);
  expect(await contextOf(65_536, { client: 131_072 })).toBe(131_072);
  expect(await contextOf(131_072, { client: 65_536 })).toBe(131_072);
  expect(await contextOf(65_536, { owner: 4_096 })).toBe(4_096);
});
