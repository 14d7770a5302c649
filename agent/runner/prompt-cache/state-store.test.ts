import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@impetus/test-kit';
import type { Token } from 'node-llama-cpp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StateStore, type Movable } from './state-store.ts';

/** A small sequence: it holds tokens and nothing else, and writes them in 64 bytes each. */
class TokenSequence implements Movable {
  contextTokens: Token[];

  constructor(tokens: readonly number[] = []) {
    this.contextTokens = tokens as Token[];
  }

  async saveStateToFile(path: string): Promise<{ fileSize: number }> {
    const text = this.contextTokens.map((token) => String(token).padStart(64)).join('');
    writeFileSync(path, text);
    return { fileSize: text.length };
  }

  async loadStateFromFile(path: string): Promise<void> {
    const text = readFileSync(path, 'utf8');
    const count = text.length / 64;
    this.contextTokens = Array.from({ length: count }, (_, index) =>
      Number(text.slice(index * 64, (index + 1) * 64)),
    ) as Token[];
  }

  async clearHistory(): Promise<void> {
    this.contextTokens = [];
  }
}

const origin = { modelIdentity: 'model', settings: 'digest' };
const day = 86_400_000;

let home: Awaited<ReturnType<typeof temporaryFolder>>;
let stderr: string[];

beforeEach(async () => {
  home = await temporaryFolder();
  stderr = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr.push(String(text));
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await home[Symbol.asyncDispose]();
});

const folder = () => join(home.path, 'states');
const files = (end: string) => readdirSync(folder()).filter((name) => name.endsWith(end));
const only = (end: string) => join(folder(), files(end)[0] ?? 'none');

function open(bounds: { maxBytes?: number; maxAgeMs?: number } = {}, made = origin): StateStore {
  const options = { folder: folder(), modelIdentity: 'model', maxBytes: 10_000, maxAgeMs: day, ...bounds };
  const store = StateStore.open(options, () => made);
  if (store === null) throw new Error('The store was not opened.');
  return store;
}

async function saved(tokens: readonly number[]): Promise<StateStore> {
  const store = open();
  await store.save(new TokenSequence(tokens));
  await store.settle();
  return store;
}

async function restored(store: StateStore): Promise<Token[] | null> {
  const sequence = new TokenSequence();
  const done = await store.restore(store.states[0]?.id ?? '', sequence);
  return done ? sequence.contextTokens : null;
}

describe('StateStore', () => {
  it('brings a history back, at once and after a restart', async () => {
    const store = await saved([1, 2, 3]);
    expect(await restored(store)).toEqual([1, 2, 3]);
    expect(await restored(open())).toEqual([1, 2, 3]);
    expect(statSync(folder()).mode & 0o077).toBe(0);
  });

  it('brings a history back that was saved a moment ago', async () => {
    const store = open();
    await store.save(new TokenSequence([1, 2, 3]));
    expect(await restored(store)).toEqual([1, 2, 3]);
  });

  it('remembers when a state was used last', async () => {
    const store = await saved([1, 2, 3]);
    const before = store.states[0]?.usedAt ?? 0;
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(before));
    await restored(store);
    expect(open().states[0]?.usedAt).toBeGreaterThan(before);
  });

  it('keeps the longest state of a conversation alone', async () => {
    const store = await saved([1, 2, 3]);
    await store.save(new TokenSequence([1, 2, 3, 4]));
    await store.save(new TokenSequence([1, 2, 9]));
    await store.settle();
    expect(store.states.map(({ tokens }) => [...tokens])).toEqual([
      [1, 2, 3, 4],
      [1, 2, 9],
    ]);
    expect(files('.state')).toHaveLength(2);
    expect(files('.json')).toHaveLength(2);
  });

  it.each([
    [
      'a flipped byte',
      () => {
        const state = readFileSync(only('.state'));
        state.write('9', 63);
        writeFileSync(only('.state'), state);
      },
    ],
    ['a state that is too short', () => truncateSync(only('.state'), 100)],
    ['a state that is gone', () => rmSync(only('.state'))],
    ['a truncated record', () => truncateSync(only('.json'), 40)],
    ['a record that is gone', () => rmSync(only('.json'))],
    [
      'a record of other tokens',
      () => writeFileSync(only('.json'), readFileSync(only('.json'), 'utf8').replace('[1,2,3]', '[1,2,4]')),
    ],
    [
      'a record of another model',
      () => writeFileSync(only('.json'), readFileSync(only('.json'), 'utf8').replace('"model"', '"other"')),
    ],
  ])('drops %s and never loads it', async (_, damage) => {
    await saved([1, 2, 3]);
    damage();
    expect(await restored(open())).toBeNull();
    expect(readdirSync(folder())).toEqual([]);
  });

  it('drops a state that was damaged while the store was open', async () => {
    const store = await saved([1, 2, 3]);
    truncateSync(only('.state'), 100);
    expect(await restored(store)).toBeNull();
    expect(store.states).toEqual([]);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('drops states of other settings', async () => {
    await saved([1, 2, 3]);
    expect(open({}, { ...origin, settings: 'other' }).states).toEqual([]);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('removes what a crash left half written, and nothing that is not its own', async () => {
    await saved([1, 2, 3]);
    writeFileSync(`${only('.state')}.part`, 'half');
    writeFileSync(join(folder(), 'notes.txt'), 'mine');
    open();
    expect(readdirSync(folder()).toSorted()).toEqual(
      [...files('.json'), ...files('.state'), 'notes.txt'].toSorted(),
    );
  });

  it('holds its size, the oldest first, and writes nothing larger than all of it', async () => {
    const store = open({ maxBytes: 400 });
    await store.save(new TokenSequence(Array.from({ length: 20 }, () => 4)));
    expect(readdirSync(folder())).toEqual([]);
    for (const first of [1, 2, 3]) await store.save(new TokenSequence([first, 5, 6]));
    await store.settle();
    expect(store.states.map(({ tokens }) => tokens[0])).toEqual([2, 3]);
    expect(files('.state')).toHaveLength(2);
    await store.save(new TokenSequence(Array.from({ length: 20 }, () => 4)));
    expect(store.states).toHaveLength(2);
  });

  it('holds its age', async () => {
    await saved([1, 2, 3]);
    expect(open({ maxAgeMs: -1 }).states).toEqual([]);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('copies from one sequence to another and leaves nothing behind', async () => {
    const store = open();
    const to = new TokenSequence();
    expect(await store.copy(new TokenSequence([1, 2, 3]), to)).toBe(true);
    expect(to.contextTokens).toEqual([1, 2, 3]);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('keeps nothing and says so once when the disk takes nothing', async () => {
    const store = open();
    rmSync(folder(), { recursive: true });
    for (let times = 0; times < 2; times += 1) {
      await store.save(new TokenSequence([1, 2, 3]));
      expect(await store.copy(new TokenSequence([1]), new TokenSequence())).toBe(false);
    }
    expect(store.working).toBe(false);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(/keeps nothing on disk.*no such file/u);
  });

  it('believes no file that is shorter than what was written', async () => {
    const store = open();
    const full = new TokenSequence([1, 2, 3]);
    await store.save({
      contextTokens: full.contextTokens,
      saveStateToFile: async (path) => {
        const { fileSize } = await full.saveStateToFile(path);
        truncateSync(path, 100);
        return { fileSize };
      },
      loadStateFromFile: (path) => full.loadStateFromFile(path),
      clearHistory: () => full.clearHistory(),
    });
    expect(store.working).toBe(false);
    expect(readdirSync(folder())).toEqual([]);
  });

  it('is not there where its folder cannot be made', () => {
    writeFileSync(join(home.path, 'file'), '');
    const options = {
      folder: join(home.path, 'file', 'states'),
      modelIdentity: '',
      maxBytes: 1,
      maxAgeMs: 1,
    };
    expect(StateStore.open(options, () => origin)).toBeNull();
    expect(stderr).toHaveLength(1);
  });
});
