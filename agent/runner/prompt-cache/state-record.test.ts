import { expect, it } from 'vitest';
import { originOf, readRecord, writeRecord } from './state-record.ts';

const origin = { modelIdentity: 'model', settings: 'digest' };
const state = { tokens: Uint32Array.of(1, 2, 3), bytes: 40, checksum: 7, createdAt: 1_000, usedAt: 2_000 };

it('reads what it wrote', () => {
  expect(readRecord(writeRecord(origin, state), origin)).toEqual(state);
});

it.each([
  ['a truncated record', writeRecord(origin, state).slice(0, -9)],
  ['no record at all', ''],
  ['another model’s', writeRecord({ ...origin, modelIdentity: 'other' }, state)],
  ['one of other settings', writeRecord({ ...origin, settings: 'other' }, state)],
  ['one of another version', writeRecord(origin, state).replace('"version":1', '"version":2')],
  ['one whose tokens are none', writeRecord(origin, state).replace('[1,2,3]', '["a"]')],
])('believes not %s', (_, text) => {
  expect(readRecord(text, origin)).toBeNull();
});

it('tells states of other settings and other builds apart', () => {
  const options = { folder: '', modelIdentity: 'model', maxBytes: 1, maxAgeMs: 1 };
  const settings = {
    contextSize: 128,
    sequences: 1,
    batchSize: 128,
    threads: 1,
    gpu: false,
    purpose: 'generation',
    gpuLayers: null,
    flashAttention: null,
    kvType: 'f16',
    chatTemplate: null,
    speculation: { kind: 'off' },
    adapters: [],
  } as const;
  const digest = (changes: object, build = 'b1') =>
    originOf(options, { ...settings, ...changes }, build).settings;
  expect(digest({ contextSize: 256, sequences: 2 })).toBe(digest({}));
  const others = [
    digest({ kvType: 'q8_0' }),
    digest({ flashAttention: true }),
    digest({ adapters: [{ path: import.meta.filename, scale: 1 }] }),
    digest({ adapters: [{ path: import.meta.filename, scale: 0.5 }] }),
    digest({}, 'b2'),
  ];
  expect(new Set([...others, digest({})]).size).toBe(6);
});
