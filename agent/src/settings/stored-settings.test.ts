import { join } from 'node:path';
import { defaultAgentSettings } from '@impetus/contracts';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import { EventBus } from '../events/bus.ts';
import type { PublishedEvent } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { StoredSettings } from './stored-settings.ts';

let folder: TemporaryFolder;
let connection: Connection;
const bus = new EventBus();
let warnings: object[];
let published: PublishedEvent[];
beforeEach(async () => {
  folder = await temporaryFolder();
  connection = openDatabase(join(folder.path, 'test.db'));
  await migrate(connection, { backups: join(folder.path, 'backups') });
  warnings = [];
  published = [];
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
const feed = {
  publish: (event: PublishedEvent) => void published.push(event),
  subscribe: () => {
    throw new Error('Nobody watches here.');
  },
};

const open = () => StoredSettings.open({ db: connection.db, bus, feed, log });

it('are the defaults until something is chosen', async () => {
  const settings = await open();
  expect(settings.agent()).toEqual(defaultAgentSettings);
  expect(settings.defaultModel()).toBeNull();
});

it('change where they are named, and are told and kept', async () => {
  const settings = await open();
  const heard: unknown[] = [];
  using _listening = bus.on('agent-settings-changed', (now) => heard.push(now));
  await Promise.all([settings.updateAgent({ queueLength: 3 }), settings.updateAgent({ idleUnload: 0 })]);
  const expected = { ...defaultAgentSettings, queueLength: 3, idleUnload: 0 };
  expect(settings.agent()).toEqual(expected);
  expect(heard.at(-1)).toEqual(expected);
  expect((await open()).agent()).toEqual(expected);
});

it('of another version hold as far as they are known and valid', async () => {
  const value = JSON.stringify({ queueLength: 0, captureText: true, unknown: 1 });
  await connection.db.insertInto('settings').values({ key: 'agent', value }).execute();
  expect((await open()).agent()).toEqual({ ...defaultAgentSettings, captureText: true });
  expect(warnings).toEqual([{ invalid: ['queueLength'] }]);
});

it('hold the default model, and tell the screens of it', async () => {
  await (await open()).setDefaultModel('a');
  expect((await open()).defaultModel()).toBe('a');
  expect(published).toEqual([{ type: 'default-model', modelId: 'a' }]);
});
