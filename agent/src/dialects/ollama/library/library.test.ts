import { ImpetusError, type Download, type ModelEntry } from '@impetus/contracts';
import { ollamaCreateBody } from '@impetus/contracts/ollama';
import { describe, expect, it } from 'vitest';
import { settingsFor } from './create.ts';
import { after } from './follow-download.ts';
import { statusesOf } from './pull-progress.ts';

const download = {
  id: 'd',
  name: 'Model',
  state: 'downloading',
  waitsFor: null,
  files: [
    { path: 'a/one.gguf', sizeBytes: 10, doneBytes: 10, state: 'done' },
    { path: 'a/two.gguf', sizeBytes: 20, doneBytes: 5, state: 'downloading' },
    { path: 'a/three.gguf', sizeBytes: 30, doneBytes: 0, state: 'queued' },
  ],
  error: null,
} as unknown as Download;

describe('a pull', () => {
  it('tells each file that has begun, by what it hashes to', () => {
    expect(statusesOf(download, new Map([['a/one.gguf', 'sha256:1']]))).toEqual([
      { status: 'pulling one.gguf', digest: 'sha256:1', total: 10, completed: 10 },
      { status: 'pulling two.gguf', digest: 'a/two.gguf', total: 20, completed: 5 },
    ]);
    const waiting = statusesOf({ ...download, state: 'waiting', waitsFor: 'disk' }, new Map());
    expect(waiting).toEqual([{ status: 'waiting for room on the disk' }]);
  });

  it('throws why it failed', () => {
    const error = { code: 'disk_full', message: 'No room.' } as const;
    expect(() => statusesOf({ ...download, state: 'failed', error }, new Map())).toThrow('No room.');
  });

  it('follows what screens are told, and hears that it was taken off the list', () => {
    const progress = { id: 'd', doneBytes: 17, bytesPerSecond: 1, secondsLeft: 1, connections: 1 };
    const moved = after(download, {
      type: 'download-progress',
      progress: [{ ...progress, fileDoneBytes: [10, 7, 0] }],
    });
    expect(moved).toMatchObject({
      doneBytes: 17,
      files: [{ doneBytes: 10 }, { doneBytes: 7 }, { doneBytes: 0 }],
    });
    expect(after(download, { type: 'downloads', downloads: [] })).toBe('gone');
    expect(after(download, { type: 'default-model', modelId: null })).toBeNull();
  });
});

describe('a model made of another one', () => {
  const from = { id: 'base', aliases: ['mine'] } as unknown as ModelEntry;
  const made = (name: string, body: object) =>
    settingsFor(ollamaCreateBody.parse({ model: name, from: 'base', ...body }), name, from);

  it('is an alias, with settings only where it is made of itself', () => {
    expect(made('other', {})).toEqual({});
    const parameters = { temperature: 0.5, num_ctx: 4_096 };
    expect(made('mine:latest', { parameters, system: 'Be kind.' })).toEqual({
      sampling: { temperature: 0.5 },
      contextSize: 4_096,
      systemPrompt: 'Be kind.',
    });
    expect(() => made('other', { system: 'Be kind.' })).toThrow("'system' would hold for base");
    expect(() => made('other', { parameters })).toThrow("'parameters.num_ctx' would hold");
  });

  it('refuses by name what settings cannot carry', () => {
    const refused = [
      { template: 't' },
      { quantize: 'q4_0' },
      { files: { a: 'sha256:1' } },
      { adapters: { a: 'sha256:1' } },
      { messages: [{}] },
      { parameters: { stop: ['x'] } },
      { parameters: { mirostat: 1 } },
      { parameters: { num_ctx: 1 } },
    ];
    for (const body of refused) expect(() => made('mine', body)).toThrow(ImpetusError);
    expect(made('mine', { template: '', messages: [], parameters: {} })).toEqual({});
  });
});
