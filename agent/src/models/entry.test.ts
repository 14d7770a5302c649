import { describe, expect, it } from 'vitest';
import type { GgufDescription } from '@impetus/gguf';
import { toFacts } from './entry.ts';

const found = { id: 'm', files: ['/models/m.gguf'], missing: [] };
const modifiedAt = new Date(0);

function description(change: Partial<GgufDescription>): GgufDescription {
  return { kind: 'chat', parameterCount: 8, lacksByteTokens: false, ...change } as GgufDescription;
}

function problem(change: Partial<GgufDescription>, missing: string[] = [], fault: string | null = null) {
  return toFacts(
    { ...found, missing },
    { description: description(change), fault, sizeBytes: 1, modifiedAt },
    'folder',
  ).problem;
}

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
    expect(problem({}, ['a-00002-of-00002.gguf'])).toMatch(/a-00002-of-00002\.gguf/u);
  });

  it('refuses a vocabulary that would end the runner', () => {
    expect(problem({ lacksByteTokens: true })).toMatch(/byte tokens/u);
  });

  it('passes on what the reader found wrong', () => {
    expect(problem({}, [], 'The file ends early.')).toBe('The file ends early.');
  });
});
