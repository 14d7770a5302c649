import type { ModelEntry } from '@impetus/contracts';
import { expect, it } from 'vitest';
import { findModel, hubName, spellings } from './names.ts';

it('tags that mean nothing may be there or not', () => {
  expect(spellings('llama')).toEqual(['llama', 'llama:latest']);
  expect(spellings('llama:latest')).toEqual(['llama:latest', 'llama']);
  expect(spellings('host:80/llama')).toEqual(['host:80/llama', 'host:80/llama:latest']);
  expect(spellings('llama:8b')).toEqual(['llama:8b']);
});

it('repos on the Hub are read in each form that Ollama takes', () => {
  expect(hubName('hf.co/owner/name:Q4_K_M')).toEqual({ repo: 'owner/name', quant: 'Q4_K_M' });
  expect(hubName('https://huggingface.co/owner/name')).toEqual({ repo: 'owner/name', quant: null });
  expect(hubName('hf.co/owner/name:latest')).toEqual({ repo: 'owner/name', quant: null });
  for (const other of ['llama3', 'owner/name', 'hf.co/name', 'hf.co/a/b/c', 'evil-hf.co/a/b']) {
    expect(hubName(other)).toBeNull();
  }
});

it('what came from the Hub is found by repo and quant, the agent’s own file first', () => {
  const entry = (id: string, quant: string, removable: boolean) =>
    ({ id, quant, removable, problem: null, origin: { repo: 'Owner/Name', revision: null } }) as ModelEntry;
  const list = [entry('a', 'Q8_0', false), entry('b', 'Q8_0', true), entry('c', 'Q4_0', true)];
  const catalogue = { list: () => list, find: (id: string) => list.find((one) => one.id === id) };
  expect(findModel(catalogue, 'hf.co/owner/name:q8_0')?.id).toBe('b');
  expect(findModel(catalogue, 'hf.co/owner/name:q4_0')?.id).toBe('c');
  expect(findModel(catalogue, 'hf.co/owner/name:q2_k')).toBeUndefined();
  expect(findModel(catalogue, 'c:latest')?.id).toBe('c');
});
