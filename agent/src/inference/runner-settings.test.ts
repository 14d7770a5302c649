import type { ModelEntry } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { chooseRunnerSettings, kvBytesPerToken } from './runner-settings.ts';

const gib = 2 ** 30;

const mac = { totalMemoryBytes: 64 * gib, threads: 4, platform: 'darwin' } as const;

/** The shape of Llama 3.1 8B at Q4_K_M. */
const shape = { blockCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128 };
const entry: ModelEntry = {
  id: 'llama',
  name: 'Llama',
  kind: 'chat',
  source: 'folder',
  path: '/models/llama.gguf',
  sizeBytes: 4.6 * gib,
  modifiedAt: '2026-01-01T00:00:00.000Z',
  architecture: 'llama',
  parameters: 8e9,
  quant: 'Q4_K_M',
  contextLength: 131_072,
  licence: null,
  problem: null,
};

function choose(change: Partial<Parameters<typeof chooseRunnerSettings>[0]> = {}) {
  return chooseRunnerSettings({
    entry,
    shape,
    machine: mac,
    contextSize: null,
    sequences: null,
    ...change,
  });
}

describe('kvBytesPerToken', () => {
  it('is 128 KiB for Llama 3.1 8B', () => {
    expect(kvBytesPerToken(shape)).toBe(128 * 1024);
  });
});

describe('chooseRunnerSettings', () => {
  it('takes the largest context that is worth its memory', () => {
    expect(choose().contextSize).toBe(32_768);
  });

  it('takes less on a small Mac', () => {
    expect(choose({ machine: { ...mac, totalMemoryBytes: 16 * gib } }).contextSize).toBe(8_192);
  });

  it('never goes beyond what the model was trained for', () => {
    expect(choose({ entry: { ...entry, contextLength: 512 } }).contextSize).toBe(512);
  });

  it("follows the owner's choice", () => {
    expect(choose({ contextSize: 4_096, sequences: 2 })).toMatchObject({ contextSize: 4_096, sequences: 2 });
  });

  it('gives embeddings a runner of their own kind', () => {
    expect(choose({ entry: { ...entry, kind: 'embedding' } })).toMatchObject({
      purpose: 'embedding',
      sequences: 1,
    });
  });

  it("computes with the machine's threads, whatever the owner chose beside", () => {
    expect(choose({ contextSize: 512, sequences: 1 }).threads).toBe(4);
  });

  it('looks for a GPU on a Mac alone', () => {
    expect(choose().gpu).toBe('auto');
    expect(choose({ machine: { ...mac, platform: 'linux' } }).gpu).toBe(false);
  });
});
