import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../db/connection.ts';
import { migrate } from '../db/migrate.ts';
import type { AccessHolder } from '../events/access-ended.ts';
import { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import { StoredResponses } from './stored-responses.ts';
import type { ResponseObject, StoredResponse } from './types.ts';

const owner: AccessHolder = {
  kind: 'key',
  id: 'key',
  userId: null,
  deviceId: null,
  sessionId: null,
  grantId: null,
};

let folder: string;
let connection: Connection;
let bus: EventBus;
let now: number;
let log: Pick<Log, 'error'>;

const open = (maxBytes?: number) =>
  StoredResponses.open({
    db: connection.db,
    bus,
    log: log as Log,
    now: () => now,
    ...(maxBytes !== undefined && { maxBytes }),
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'responses-'));
  connection = openDatabase(join(folder, 'test.db'));
  await migrate(connection, { backups: join(folder, 'backups') });
  bus = new EventBus();
  now = Date.UTC(2026, 0, 1);
  log = {
    error: (...words: unknown[]) => {
      throw new Error(`nothing was to go wrong: ${JSON.stringify(words)}`);
    },
  };
});
afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const response = (id: string, changes: Partial<ResponseObject> = {}): ResponseObject => ({
  id,
  status: 'completed',
  error: null,
  output: [{ type: 'message', id: `${id}-answer` }],
  ...changes,
});
const stored = (id: string, previousId: string | null = null): StoredResponse => ({
  response: response(id),
  previousId,
  input: [{ type: 'message', id: `${id}-question` }],
});

describe('what is kept', () => {
  it('is there after a restart, for its owner alone', async () => {
    await (await open()).keep('key', stored('a'));
    const again = await open();
    expect(await again.find('key', 'a')).toEqual(stored('a'));
    expect(await again.find('other', 'a')).toBeNull();
    expect(await again.remove('other', 'a')).toBe(false);
    expect(await again.remove('key', 'a')).toBe(true);
    expect(await again.find('key', 'a')).toBeNull();
  });

  it('is a conversation, whole or not at all', async () => {
    const responses = await open();
    await responses.keep('key', stored('a'));
    await responses.keep('key', stored('b', 'a'));
    await responses.keep('key', stored('c', 'b'));
    const found = await responses.conversation('key', 'c');
    expect(found?.map((one) => one.response.id)).toEqual(['a', 'b', 'c']);
    expect(await responses.conversation('other', 'c')).toBeNull();
    await responses.remove('key', 'a');
    expect(await responses.conversation('key', 'c')).toBeNull();
  });

  it('goes after thirty days without use, and a conversation stays together', async () => {
    const responses = await open();
    await responses.keep('key', stored('a'));
    await responses.keep('key', stored('old'));
    now += 20 * 86_400_000;
    await responses.conversation('key', 'a');
    await responses.keep('key', stored('b', 'a'));
    now += 20 * 86_400_000;
    await responses.keep('key', stored('c'));
    expect(await responses.find('key', 'old')).toBeNull();
    expect(await responses.conversation('key', 'b')).toHaveLength(2);
  });

  it('takes no more room than it may: the oldest go', async () => {
    const responses = await open(250);
    for (const id of ['a', 'b', 'c', 'd']) {
      now += 1_000;
      await responses.keep('key', stored(id));
    }
    expect(await responses.find('key', 'a')).toBeNull();
    expect(await responses.find('key', 'd')).not.toBeNull();
  });

  it('goes with the key that it belongs to', async () => {
    const responses = await open();
    await responses.keep('key', stored('a'));
    bus.emit('access-ended', { of: 'key', id: 'key', message: 'It was changed.', changed: true });
    expect(await responses.find('key', 'a')).not.toBeNull();
    bus.emit('access-ended', { of: 'key', id: 'key', message: 'It was revoked.' });
    expect(await responses.find('key', 'a')).toBeNull();
  });
});

describe('in the background', () => {
  const begun = { ...stored('a'), response: response('a', { status: 'in_progress', output: [] }) };
  const untilAborted = (signal: AbortSignal) =>
    new Promise<ResponseObject>((resolve) => {
      signal.addEventListener('abort', () => resolve(response('a', { status: 'cancelled' })));
    });

  it('work is kept when it is done, and can be cancelled', async () => {
    const responses = await open();
    await responses.run(owner, begun, untilAborted);
    expect((await responses.find('key', 'a'))?.response.status).toBe('in_progress');
    expect(await responses.cancel('other', 'a')).toBe(false);
    expect(await responses.cancel('key', 'a')).toBe(true);
    expect((await responses.find('key', 'a'))?.response.status).toBe('cancelled');
    expect(await responses.cancel('key', 'a')).toBe(false);
  });

  it('work ends with the access of whoever asked for it', async () => {
    const responses = await open();
    const reason = Promise.withResolvers<unknown>();
    await responses.run(owner, begun, async (signal) => {
      signal.addEventListener('abort', () => reason.resolve(signal.reason));
      return untilAborted(signal);
    });
    bus.emit('access-ended', { of: 'key', id: 'key', message: 'It was revoked.' });
    expect(await reason.promise).toMatchObject({ code: 'unauthorized' });
    await responses[Symbol.asyncDispose]();
  });

  it('what was under way when the agent ended is told as failed', async () => {
    const responses = await open();
    await responses.run(owner, begun, () => new Promise(() => {}));
    expect((await (await open()).find('key', 'a'))?.response).toMatchObject({
      status: 'failed',
      error: { code: 'server_error' },
    });
  });
});
