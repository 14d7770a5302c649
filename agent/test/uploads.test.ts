import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import {
  samplePath,
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import type { TRPCClient } from '@trpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppRouter } from '../src/management/router.ts';
import { credentialOf, managementClient } from './support/management-client.ts';
import { sendUpload, type SendingOptions } from './support/send-upload.ts';

let home: TemporaryFolder;
let agent: AgentProcess;
let trpc: TRPCClient<AppRouter>;
let model: Buffer;
let sha256: string;

const at = (...parts: string[]) => join(home.path, ...parts);
const unfinished = () => readdir(at('models', '.impetus-uploads')).catch((): string[] => []);

async function start(): Promise<void> {
  agent = await startAgentProcess({ home: home.path });
  trpc = managementClient(agent);
}

beforeAll(async () => {
  home = await temporaryFolder();
  await mkdir(at('models'));
  model = await readFile(await samplePath());
  sha256 = createHash('sha256').update(model).digest('hex');
  await start();
}, 60_000);

afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

type Sending = Omit<SendingOptions, 'agent' | 'authorization' | 'content'> &
  Partial<Pick<SendingOptions, 'authorization' | 'content'>>;

const send = (sending: Sending) =>
  sendUpload({ agent, content: model, authorization: `Bearer ${credentialOf(agent)}`, ...sending });

const find = async (id: string) => (await trpc.models.list.query()).find((entry) => entry.id === id);

it('an upload that is cut, by its sender and by kill -9 of the agent, goes on and becomes a model', async () => {
  const first = await send({ filename: 'sent.gguf', metadata: { sha256 }, cutAt: model.length / 4 });
  const [listed] = await trpc.uploads.list.query();
  expect(listed).toMatchObject({ name: 'sent.gguf', sizeBytes: model.length, senderName: 'Command line' });
  expect(listed?.receivedBytes).toBeGreaterThan(0);
  await send({ filename: 'sent.gguf', url: first, cutAt: model.length / 2 });
  agent.kill('SIGKILL');
  await agent.exited;
  await start();
  const [kept] = await trpc.uploads.list.query();
  expect(kept).toMatchObject({ name: 'sent.gguf', state: 'interrupted' });
  expect(kept?.receivedBytes).toBeGreaterThanOrEqual(model.length / 2);
  expect(await find('sent')).toBeUndefined();
  await send({ filename: 'sent.gguf', url: `${agent.url}${kept?.url}` });
  expect(await find('sent')).toMatchObject({ sha256, problem: null });
  expect((await readFile(at('models', 'sent.gguf'))).equals(model)).toBe(true);
  expect(await unfinished()).toEqual([]);
  const [over] = await trpc.uploads.list.query();
  expect(over).toMatchObject({ state: 'done', sha256, modelId: 'sent' });
}, 90_000);

it('the same file again is refused before it is sent, and under another name is kept once', async () => {
  await expect(send({ filename: 'sent.gguf' })).rejects.toThrow(/sent\.gguf in the models folder already/u);
  await send({ filename: 'again.gguf' });
  const uploads = await trpc.uploads.list.query();
  expect(uploads.find(({ name }) => name === 'again.gguf')).toMatchObject({
    state: 'done',
    modelId: 'sent',
    wasHere: true,
  });
  expect(await readdir(at('models'))).not.toContain('again.gguf');
});

it('the audit says who sent what, and what its sender took back', async () => {
  const place = await send({ filename: 'regretted.gguf', cutAt: 64 * 1024 });
  const headers = { authorization: `Bearer ${credentialOf(agent)}`, 'tus-resumable': '1.0.0' };
  expect((await fetch(place, { method: 'DELETE', headers })).status).toBe(204);
  expect((await trpc.uploads.list.query()).some(({ name }) => name === 'regretted.gguf')).toBe(false);
  const { entries } = await trpc.audit.list.query({ limit: 50 });
  const told = entries
    .filter(({ action }) => action.startsWith('uploads.'))
    .map(({ action, subject, outcome, who }) => [action, subject, outcome, who?.name]);
  expect(told.toReversed().slice(0, 7)).toEqual([
    ['uploads.create', 'sent.gguf', 'done', 'Command line'],
    ['uploads.finish', 'sent.gguf', 'done', 'Command line'],
    ['uploads.create', 'sent.gguf', 'failed', 'Command line'],
    ['uploads.create', 'again.gguf', 'done', 'Command line'],
    ['uploads.finish', 'again.gguf', 'done', 'Command line'],
    ['uploads.create', 'regretted.gguf', 'done', 'Command line'],
    ['uploads.delete', 'regretted.gguf', 'done', 'Command line'],
  ]);
});

it('two senders of one name do not mix', async () => {
  const place = await send({ filename: 'twice.gguf', cutAt: 64 * 1024 });
  await expect(send({ filename: 'twice.gguf' })).rejects.toThrow(/on its way already/u);
  const id = place.split('/').at(-1) ?? '';
  await trpc.uploads.drop.mutate({ id });
  expect(await unfinished()).toEqual([]);
  const headers = { authorization: `Bearer ${credentialOf(agent)}`, 'tus-resumable': '1.0.0' };
  expect((await fetch(place, { method: 'HEAD', headers })).status).toBe(404);
});

it.each([
  '../out.gguf',
  '/etc/out.gguf',
  'a\u0000b.gguf',
  `${'x'.repeat(300)}.gguf`,
  'p\u0430th.gguf',
  '.hidden',
  '',
])('the name %j is refused', async (filename) => {
  await expect(send({ filename })).rejects.toThrow(/name/u);
  expect(await unfinished()).toEqual([]);
});

it('what is no model is refused as soon as that can be told, and nothing of it stays', async () => {
  const page = Buffer.concat([Buffer.from('<!doctype html>'), Buffer.alloc(4_000_000)]);
  await expect(send({ filename: 'page.gguf', content: page })).rejects.toThrow(/web page/u);
  const claims = Buffer.from(model);
  claims.writeBigUInt64LE(2n ** 60n, 8);
  await expect(send({ filename: 'claims.gguf', content: claims })).rejects.toThrow(/tensors/u);
  await expect(send({ filename: 'short.gguf', content: model.subarray(0, 200_000) })).rejects.toThrow(
    /cut off|ends/u,
  );
  // Every screen hears why, and none is told to send it again.
  const uploads = await trpc.uploads.list.query();
  const told = uploads.filter(({ state }) => state !== 'done').map(({ name, state }) => `${name} ${state}`);
  expect(told.toSorted()).toEqual(['claims.gguf failed', 'page.gguf failed', 'short.gguf failed']);
  expect((await readdir(at('models'))).filter((name) => name.endsWith('.gguf'))).toEqual(['sent.gguf']);
  expect(await unfinished()).toEqual([]);
});

it('a byte that changed on the way is noticed', async () => {
  const flipped = Buffer.from(model);
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  await expect(send({ filename: 'flipped.gguf', content: flipped, metadata: { sha256 } })).rejects.toThrow(
    /did not arrive as it was sent/u,
  );
  expect(await find('flipped')).toBeUndefined();
});

it('the disk is asked first: what would not leave the reserve is refused', async () => {
  await agent.cli('settings', 'set', 'diskReserveBytes=9000000000000');
  await expect(send({ filename: 'large.gguf' })).rejects.toThrow(/room|Free/u);
  await agent.cli('settings', 'set', 'diskReserveBytes=0');
});

it('neither a stranger, nor a key without the right, nor another page gets in', async () => {
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Reader');
  await expect(send({ filename: 'x.gguf', authorization: '' })).rejects.toThrow();
  await expect(send({ filename: 'x.gguf', authorization: `Bearer ${key}` })).rejects.toThrow(/download/u);
  const response = await fetch(`${agent.url}/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${credentialOf(agent)}`,
      origin: 'http://evil.example',
      'tus-resumable': '1.0.0',
      'upload-length': '10',
    },
  });
  expect(response.status).toBe(403);
  expect(await unfinished()).toEqual([]);
  const large = await fetch(`${agent.url}/trpc/uploads.drop`, {
    method: 'POST',
    headers: { authorization: `Bearer ${credentialOf(agent)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'x'.repeat(3_000_000) }),
  });
  expect(large.status).toBe(413);
});

it('an upload whose connection is cut is interrupted at once, and not only when it was silent for long', async () => {
  const place = await send({ filename: 'cut.gguf', cutAt: 1 });
  const sending = request(place, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${credentialOf(agent)}`,
      'tus-resumable': '1.0.0',
      'upload-offset': String(64 * 1024),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(model.length - 64 * 1024),
    },
  });
  sending.on('error', () => {});
  sending.write(model.subarray(64 * 1024, 256 * 1024));
  const state = async () => (await trpc.uploads.list.query()).find(({ name }) => name === 'cut.gguf')?.state;
  await waitFor('the upload to come', async () => (await state()) === 'receiving');
  sending.destroy();
  // Silence is noticed after 15 s.
  await waitFor('the upload to be interrupted', async () => (await state()) === 'interrupted', 10_000);
  await send({ filename: 'cut.gguf', url: place });
});

it('an interrupted upload is dropped when its time is over', async () => {
  await send({ filename: 'old.gguf', cutAt: 64 * 1024 });
  const file = (await unfinished()).find((name) => !name.endsWith('.json'));
  await agent[Symbol.asyncDispose]();
  const longAgo = new Date(Date.now() - 100 * 3_600_000);
  await utimes(at('models', '.impetus-uploads', file ?? ''), longAgo, longAgo);
  await writeFile(at('models', '.impetus-uploads', 'stray'), 'x');
  await utimes(at('models', '.impetus-uploads', 'stray'), longAgo, longAgo);
  await start();
  await waitFor('the folder to be clean', async () => {
    const names = await unfinished();
    return !names.includes(file ?? '') && !names.includes('stray');
  });
  expect((await trpc.uploads.list.query()).some(({ name }) => name === 'old.gguf')).toBe(false);
}, 60_000);
