import { defaultModelSettings, type ModelEntry, type ModelSettings } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { chooseRunnerSettings, kvBytesPerToken } from './runner-settings.ts';

const gib = 2 ** 30;

const mac = { totalMemoryBytes: 64 * gib, threads: 4, platform: 'darwin' } as const;

/** The shape of Llama 3.1 8B at Q4_K_M. */
const shape = { blockCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128 };
const entry = {
  id: 'llama',
  name: 'Llama',
  kind: 'chat',
  path: '/models/llama.gguf',
  sizeBytes: 4.6 * gib,
  contextLength: 131_072,
} as ModelEntry;

function choose(change: Partial<Parameters<typeof chooseRunnerSettings>[0]> = {}) {
  return chooseRunnerSettings({
    entry,
    shape,
    machine: mac,
    settings: defaultModelSettings,
    contextSize: null,
    sequences: null,
    limitBytes: Infinity,
    pathOf: (id) => (id === 'small' ? '/models/small.gguf' : null),
    ...change,
  });
}

const chosen = (settings: Partial<ModelSettings>) => ({ settings: { ...defaultModelSettings, ...settings } });

describe('kvBytesPerToken', () => {
  it('is 128 KiB for Llama 3.1 8B', () => {
    expect(kvBytesPerToken(shape, 'f16')).toBe(128 * 1024);
  });

  it('is about half and a quarter of that with fewer bits', () => {
    expect(kvBytesPerToken(shape, 'q8_0')).toBe(68 * 1024);
    expect(kvBytesPerToken(shape, 'q4_0')).toBe(36 * 1024);
  });
});

describe('chooseRunnerSettings', () => {
  it('takes the largest context that is worth its memory', () => {
    expect(choose().contextSize).toBe(32_768);
  });

  it('takes what clients asked for where there is room, and what is usual where there is not', () => {
    expect(choose({ contextWish: 65_536 }).contextSize).toBe(65_536);
    expect(choose({ contextWish: 1_000_000 }).contextSize).toBe(65_536);
    expect(choose({ contextWish: 4_096 }).contextSize).toBe(32_768);
    const small = { ...mac, totalMemoryBytes: 16 * gib };
    expect(choose({ contextWish: 65_536, machine: small }).contextSize).toBe(8_192);
    expect(choose({ contextWish: 65_536, ...chosen({ contextSize: 2_048 }) }).contextSize).toBe(2_048);
  });

  it('takes less on a small Mac', () => {
    expect(choose({ machine: { ...mac, totalMemoryBytes: 16 * gib } }).contextSize).toBe(8_192);
  });

  it('takes less where models may take less', () => {
    expect(choose({ limitBytes: 8 * gib }).contextSize).toBe(4_096);
  });

  it('fits more of a smaller KV type', () => {
    const small = { machine: { ...mac, totalMemoryBytes: 16 * gib } };
    expect(choose({ ...small, ...chosen({ kvType: 'q8_0' }) }).contextSize).toBe(16_384);
  });

  it('never goes beyond what the model was trained for', () => {
    expect(choose({ entry: { ...entry, contextLength: 512 } }).contextSize).toBe(512);
  });

  it("follows the operator's choice for all models, and the owner's for this one before it", () => {
    const operator = { contextSize: 4_096, sequences: 2 };
    expect(choose(operator)).toMatchObject(operator);
    const owner = { contextSize: 8_192, sequences: 3, batchSize: 256, threads: 2, gpuLayers: 7 };
    expect(choose({ ...operator, ...chosen(owner) })).toMatchObject(owner);
  });

  it('has a place in a batch for each sequence', () => {
    expect(choose(chosen({ sequences: 64, batchSize: 32 })).batchSize).toBe(64);
  });

  it('switches flash attention on for a KV type that needs it, and refuses where it is switched off', () => {
    expect(choose().flashAttention).toBeNull();
    expect(choose(chosen({ kvType: 'q8_0' })).flashAttention).toBe(true);
    expect(() => choose(chosen({ kvType: 'q4_0', flashAttention: false }))).toThrow(
      /needs flash attention, which is off/u,
    );
  });

  it('finds the draft model, and says where it cannot', () => {
    const draft = (draftModel: string | null) => chosen({ speculation: 'draft', draftModel });
    expect(choose(draft('small')).speculation).toEqual({ kind: 'draft', modelPath: '/models/small.gguf' });
    expect(() => choose(draft('gone'))).toThrow(/no usable model “gone”/u);
    expect(() => choose(draft(null))).toThrow(/none is chosen/u);
    expect(choose(chosen({ speculation: 'prompt-lookup' })).speculation).toEqual({ kind: 'prompt-lookup' });
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
