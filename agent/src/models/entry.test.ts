import { describe, expect, it } from 'vitest';
import { toFacts } from './entry.ts';
import type { FileLook, HeaderFacts } from './files/types.ts';
import type { FoundModel } from './sources/types.ts';

const file = { path: '/models/Qwen3-8B-Q4_K_M.gguf', sizeBytes: 9, modifiedMs: 0, inode: 1, isLink: false };
const found = {
  source: 'folder',
  format: 'gguf',
  files: [file],
  missing: [],
  wholeFolder: null,
  name: null,
  origin: null,
  licence: null,
} as unknown as FoundModel;
const header = {
  kind: 'chat',
  architecture: 'qwen3',
  parameters: 8,
  capabilities: ['chat'],
} as unknown as HeaderFacts;

function facts(
  change: Partial<HeaderFacts> = {},
  { fault = null, ...model }: Partial<FoundModel> & { fault?: string | null } = {},
) {
  const look = { format: 'gguf', facts: { ...header, ...change }, fault } as FileLook;
  return toFacts({ ...found, ...model }, 'q', { looks: [look], config: null });
}

const problem = (...args: Parameters<typeof facts>) => facts(...args).problem;

describe('toFacts', () => {
  it('has no problem with a model that can run', () => {
    expect(problem({})).toBeNull();
  });

  it.each([
    ['vocabulary-only', /vocabulary and no weights/u],
    ['adapter', /adapter/u],
    ['projector', /half of a model/u],
    ['split-part', /first part is missing/u],
  ] as const)('says what a file of kind %s is', (kind, words) => {
    expect(problem({ kind })).toMatch(words);
  });

  it('names the parts that are missing', () => {
    expect(problem({}, { missing: ['a-00002-of-00002.gguf'] })).toMatch(/a-00002-of-00002\.gguf/u);
  });

  it('refuses a vocabulary that would end the runner', () => {
    expect(problem({ lacksByteTokens: true })).toMatch(/byte tokens/u);
  });

  it('passes on what the reader found wrong', () => {
    expect(problem({}, { fault: 'The file ends early.' })).toBe('The file ends early.');
  });

  it('takes its name from its file, and its family from both', () => {
    expect(facts()).toMatchObject({ name: 'Qwen3-8B-Q4_K_M', family: 'Qwen', kind: 'chat', sizeBytes: 9 });
    expect(facts({ architecture: 'llama' }, { name: 'mistral:7b' })).toMatchObject({ family: 'Mistral' });
  });

  it('says what to do with other formats', () => {
    const config = { architecture: 'qwen3', contextLength: 4096, mlxBits: 4, type: null, vision: false };
    const seen = { ...header, kind: null, quant: 'U32' };
    const look: FileLook = { format: 'mlx', facts: seen, fault: null };
    const model = { ...found, format: 'mlx', wholeFolder: '/models/Qwen3-4bit' } as FoundModel;
    expect(toFacts(model, 'q', { looks: [look], config })).toMatchObject({
      kind: 'other',
      name: 'Qwen3-4bit',
      quant: '4-bit',
      parameters: 64,
      contextLength: 4096,
      problem: expect.stringMatching(/MLX/u),
      whatToDo: expect.stringMatching(/GGUF/u),
    });
  });

  it('belongs to another program where that keeps it', () => {
    expect(facts({}, { source: 'ollama' }).removable).toBe(false);
  });
});
