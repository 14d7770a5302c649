import { join } from 'node:path';
import { defaultModelSettings } from '@impetus/contracts';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../db/connection.ts';
import { migrate } from '../../db/migrate.ts';
import { EventBus } from '../../events/bus.ts';
import type { Log } from '../../log/types.ts';
import { StoredModelSettings } from './stored-model-settings.ts';

let folder: TemporaryFolder;
let connection: Connection;
let bus: EventBus;
let warnings: object[];
let library: Set<string>;
beforeEach(async () => {
  folder = await temporaryFolder();
  connection = openDatabase(join(folder.path, 'test.db'));
  await migrate(connection, { backups: join(folder.path, 'backups') });
  bus = new EventBus();
  warnings = [];
  library = new Set(['a', 'b']);
});
afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const silent = () => {};
const log: Log = {
  debug: silent,
  info: silent,
  warn: (fields) => void warnings.push(fields),
  error: silent,
};

const open = () => StoredModelSettings.open({ db: connection.db, bus, log, exists: (id) => library.has(id) });

async function reopened(): Promise<StoredModelSettings> {
  await connection[Symbol.asyncDispose]();
  connection = openDatabase(join(folder.path, 'test.db'));
  return open();
}

const insert = (modelId: string, value: string) =>
  connection.db.insertInto('model_settings').values({ model_id: modelId, value }).execute();

describe('settings of a model', () => {
  it('are the defaults until something is chosen', async () => {
    const store = await open();
    expect(store.get('a')).toEqual(defaultModelSettings);
  });

  it('change where they are named, and nowhere else', async () => {
    const store = await open();
    await store.update('a', { contextSize: 8192, idleUnload: 'never' });
    const settings = await store.update('a', { kvType: 'q8_0', contextSize: null });
    expect(settings).toEqual({ ...defaultModelSettings, idleUnload: 'never', kvType: 'q8_0' });
    expect(store.get('a')).toEqual(settings);
    expect(store.get('b')).toEqual(defaultModelSettings);
  });

  it('are there after the database was opened again', async () => {
    const store = await open();
    const sampling = { temperature: 0.3 };
    const settings = await store.update('a', { sampling, aliases: ['fast'], systemPrompt: 'Zeile\n„ü“' });
    const again = await reopened();
    expect(again.get('a')).toEqual(settings);
    expect(again.modelOf('fast')).toBe('a');
    expect(warnings).toEqual([]);
  });

  it('stay while the model’s file is away', async () => {
    await (await open()).update('a', { pinned: true });
    library.delete('a');
    const away = await reopened();
    expect(away.get('a').pinned).toBe(true);
    library.add('a');
    expect((await reopened()).get('a').pinned).toBe(true);
  });

  it('lose nothing when two screens change them at once', async () => {
    const store = await open();
    await Promise.all([store.update('a', { contextSize: 512 }), store.update('a', { pinned: true })]);
    expect((await reopened()).get('a')).toMatchObject({ contextSize: 512, pinned: true });
  });

  it('are told on the bus once they are on the disk', async () => {
    const store = await open();
    const heard: unknown[] = [];
    using _listening = bus.on('model-settings-changed', ({ modelId }) =>
      heard.push([modelId, store.get(modelId).threads]),
    );
    await store.update('b', { threads: 3 });
    expect(heard).toEqual([['b', 3]]);
  });

  it('do not change when they cannot be written', async () => {
    const store = await open();
    connection.sqlite.exec('drop table model_settings');
    await expect(store.update('a', { pinned: true })).rejects.toThrow(/model_settings/u);
    expect(store.get('a').pinned).toBe(false);
  });
});

describe('a row of another version', () => {
  it('is read without what this version does not know', async () => {
    await insert('a', '{"contextSize":1024,"turbo":true}');
    const store = await open();
    expect(store.get('a')).toEqual({ ...defaultModelSettings, contextSize: 1024 });
    expect(warnings).toEqual([]);
  });

  it('is read without what this version does not accept, which is said once', async () => {
    await insert('a', '{"contextSize":1,"kvType":"q1","pinned":true,"aliases":["x y"]}');
    const store = await open();
    expect(store.get('a')).toEqual({ ...defaultModelSettings, pinned: true });
    store.get('a');
    expect(warnings).toEqual([{ model: 'a', invalid: ['contextSize', 'kvType', 'aliases'] }]);
  });

  it('that is no object counts as empty', async () => {
    await insert('a', 'nonsense');
    expect((await open()).get('a')).toEqual(defaultModelSettings);
    expect(warnings).toEqual([{ model: 'a', invalid: null }]);
  });
});

describe('aliases', () => {
  it('lead to their model, as they were written', async () => {
    const store = await open();
    await store.update('a', { aliases: ['Fast', 'org/fast', 'Fast'] });
    expect(store.get('a').aliases).toEqual(['Fast', 'org/fast']);
    expect([store.modelOf('Fast'), store.modelOf('fast'), store.modelOf('org/fast')]).toEqual([
      'a',
      undefined,
      'a',
    ]);
    await store.update('a', { aliases: [] });
    expect(store.modelOf('Fast')).toBeUndefined();
  });

  it('with a * at the end stand for every name that begins so, the longest first', async () => {
    const store = await open();
    await store.update('a', { aliases: ['claude-*'] });
    await store.update('b', { aliases: ['claude-haiku-*', 'claude-x'] });
    const models = ['claude-opus-4', 'claude-haiku-4-5', 'claude-x', 'claude', 'my-claude-opus'].map((name) =>
      store.modelOf(name),
    );
    expect(models).toEqual(['a', 'b', 'b', undefined, undefined]);
    await expect(store.update('b', { aliases: ['claude-*'] })).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each([
    ['another model’s alias', 'b', 'fast', '“fast” is an alias of a already. Choose another alias.'],
    ['another model’s id', 'b', 'a', '“a” is the id of a model. Choose another alias.'],
    ['its own id', 'b', 'b', '“b” is the id of a model. Choose another alias.'],
    ['the default’s name', 'b', 'default', '“default” always means the default model. Choose another alias.'],
  ])('cannot be %s', async (_, model, alias, message) => {
    const store = await open();
    await store.update('a', { aliases: ['fast'] });
    await expect(store.update(model, { aliases: ['free', alias], pinned: true })).rejects.toMatchObject({
      code: 'conflict',
      param: 'aliases',
      message,
    });
    expect(store.get(model)).toEqual(defaultModelSettings);
  });

  it('may be given again to the model that has them', async () => {
    const store = await open();
    await store.update('a', { aliases: ['fast'] });
    await expect(store.update('a', { aliases: ['fast', 'other'] })).resolves.toMatchObject({
      aliases: ['fast', 'other'],
    });
  });

  it('are taken over from a model that is gone', async () => {
    const store = await open();
    await store.update('a', { aliases: ['fast', 'mine'] });
    library.delete('a');
    await store.update('b', { aliases: ['fast'] });
    const again = await reopened();
    expect([again.get('a').aliases, again.modelOf('fast'), again.modelOf('mine')]).toEqual([
      ['mine'],
      'b',
      'a',
    ]);
  });

  it('that two rows claim are those of the first', async () => {
    await insert('b', '{"aliases":["fast"]}');
    await insert('a', '{"aliases":["fast"]}');
    expect((await open()).modelOf('fast')).toBe('a');
  });
});
