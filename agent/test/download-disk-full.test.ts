import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download } from '@impetus/contracts';
import {
  startAgentProcess,
  temporaryFolder,
  waitFor,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { madeUp, startLocalHub, type LocalHub } from '@impetus/test-kit/hub';
import type { TRPCClient } from '@trpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ownerClient } from '../bench/downloads/agent-client.ts';
import { PartFile, provenBytes } from '../src/downloads/transfer/part-file.ts';
import { bytesIn } from '../src/downloads/transfer/ranges.ts';
import type { AppRouter } from '../src/management/router.ts';
import { smallDisk, whyNoMounts, type SmallDisk } from './support/small-disk.ts';

const megabyte = 1024 * 1024;
const content = madeUp(24 * megabyte, 3);
const file = 'big-Q8_0.gguf';
/** The agent looks for room every 15 s. */
const patienceMs = 45_000;
const reason = whyNoMounts();

describe.skipIf(reason !== null)(
  `a download to a disk that has no room${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    const stack = new AsyncDisposableStack();
    let hub: LocalHub;
    let home: TemporaryFolder;
    let disk: SmallDisk;
    let agent: AgentProcess;
    let client: TRPCClient<AppRouter>;

    beforeAll(async () => {
      hub = stack.use(
        await startLocalHub({
          repos: ['one', 'two', 'three'].map((name) => ({ id: `big/${name}`, files: { [file]: content } })),
        }),
      );
      home = stack.use(await temporaryFolder());
      disk = stack.use(smallDisk(join(home.path, 'models'), 40 * megabyte));
      agent = stack.use(
        await startAgentProcess({ home: home.path, env: { HF_ENDPOINT: hub.url, IMPETUS_OTHER_APPS: '0' } }),
      );
      client = ownerClient(home.path);
      await client.settings.update.mutate({ diskReserveBytes: 0 });
      await client.downloads.updateSettings.mutate({ connectionsPerFile: 1 });
    });
    afterAll(() => stack.disposeAsync());
    afterEach(async () => {
      hub.limit(null);
      for (const { id } of await client.downloads.list.query()) await client.downloads.cancel.mutate({ id });
      await rm(join(disk.path, 'big'), { recursive: true, force: true });
    });

    const find = async (id: string) => (await client.downloads.list.query()).find((one) => one.id === id);

    async function until(id: string, what: string, condition: (one: Download) => boolean): Promise<Download> {
      return waitFor(
        what,
        async () => {
          const found = await find(id);
          return found !== undefined && condition(found) ? found : null;
        },
        patienceMs,
      );
    }

    const inLibrary = (repo: string) => readdir(join(disk.path, repo)).catch(() => []);

    it('that fills up in the middle waits for room, keeps what came, and goes on by itself', async () => {
      hub.limit(4 * megabyte);
      const { id } = await client.downloads.add.mutate({ repo: 'big/one' });
      await until(id, 'the first bytes', ({ doneBytes }) => doneBytes > megabyte);
      const pulled = agent.command('pull', 'big/one', '--wait');
      // Somebody else needs the disk: less is left than is still to come.
      const other = join(disk.path, 'holiday.mov');
      await writeFile(other, Buffer.alloc(28 * megabyte));
      hub.limit(null);

      const full = await until(id, 'the full disk', ({ waitsFor }) => waitsFor === 'disk');
      expect(full.error).toMatchObject({ code: 'disk_full' });
      expect(full.error?.message).toMatch(/disk.*full.*goes on by itself.*what came so far is kept/u);
      expect(full.doneBytes).toBeGreaterThan(megabyte);
      expect(full.doneBytes).toBeLessThan(full.sizeBytes);
      expect(await inLibrary('big/one')).toEqual([]);
      expect((await agent.command('downloads')).stdout).toMatch(
        /big-Q8_0 .* waiting for room on the disk: .*goes on by itself/u,
      );
      const provenAt = hub.requests.length;
      // It looks for room again, and says how much is missing.
      const still = await until(id, 'the next look', ({ error }) => /are needed/u.test(error?.message ?? ''));
      expect(still).toMatchObject({ state: 'waiting', waitsFor: 'disk', doneBytes: full.doneBytes });
      expect(still.error?.message).toMatch(/goes on by itself.*what came so far is kept/u);

      await rm(other);
      const done = await until(id, 'the end', ({ state }) => state === 'done');
      expect(done).toMatchObject({ doneBytes: content.size, error: null });
      const { code, stdout, stderr } = await pulled;
      expect([code, stdout]).toEqual([0, 'big-Q8_0 is in the library as big-Q8_0.\n']);
      expect(stderr).toMatch(/^big-Q8_0 is waiting for room on the disk: .*goes on by itself/mu);
      const sha256 = createHash('sha256').update(await readFile(join(disk.path, 'big/one', file)));
      expect(sha256.digest('hex')).toBe(content.sha256());
      // Nothing of what was there when the disk was full came again.
      const asked = hub.requests.slice(provenAt).flatMap(({ sent }) => (sent === null ? [] : [sent]));
      const again = asked.reduce((total, [from, to]) => total + to - from, 0);
      expect(again).toBe(content.size - full.doneBytes);
      expect(await readdir(join(disk.path, '.impetus-downloads'))).toEqual([]);
    }, 120_000);

    it('stops before it takes of the room that is to stay free', async () => {
      hub.limit(600_000);
      const { id } = await client.downloads.add.mutate({ repo: 'big/two' });
      await until(id, 'the first bytes', ({ doneBytes }) => doneBytes > megabyte);
      await client.settings.update.mutate({ diskReserveBytes: 30 * megabyte });
      const waiting = await until(id, 'the reserve', ({ waitsFor }) => waitsFor === 'disk');
      expect(waiting.error?.message).toMatch(/reserve.*goes on by itself/u);
      expect(waiting.doneBytes).toBeLessThan(waiting.sizeBytes);
      await client.settings.update.mutate({ diskReserveBytes: 0 });
    });

    it('is refused in words where there never was room for it, and leaves nothing', async () => {
      await writeFile(join(disk.path, 'holiday.mov'), Buffer.alloc(28 * megabyte));
      const pulled = await agent.command('pull', 'big/two', '--wait');
      expect(pulled.code).toBe(1);
      expect(pulled.stderr).toMatch(
        /has room for [\d.]+ MB more.*25\.2 MB are needed\. Free some space\.\n$/u,
      );
      expect(await readdir(join(disk.path, '.impetus-downloads'))).toEqual([]);
      await rm(join(disk.path, 'holiday.mov'));
    });

    it('that is pulled out is waited for: nothing is begun in its place, and it goes on when it is back', async () => {
      hub.limit(2 * megabyte);
      const { id } = await client.downloads.add.mutate({ repo: 'big/three' });
      await until(id, 'the first bytes', ({ doneBytes }) => doneBytes > 2 * megabyte);
      await client.downloads.pause.mutate({ id });
      const paused = await find(id);
      disk.detach();
      await client.downloads.resume.mutate({ id });
      const away = await until(id, 'the missing disk', ({ waitsFor }) => waitsFor === 'folder');
      expect(away.error?.message).toMatch(/models folder .* not the one that it was\. Connect the disk/u);
      expect(await readdir(join(home.path, 'models'))).toEqual([]);

      const from = hub.requests.length;
      hub.limit(null);
      disk.attach();
      await until(id, 'the end', ({ state }) => state === 'done');
      const sha256 = createHash('sha256').update(await readFile(join(disk.path, 'big/three', file)));
      expect(sha256.digest('hex')).toBe(content.sha256());
      const asked = hub.requests.slice(from).flatMap(({ sent }) => (sent === null ? [] : [sent]));
      const again = asked.reduce((total, [first, to]) => total + to - first, 0);
      expect(again).toBe(content.size - (paused?.doneBytes ?? 0));
    }, 120_000);

    it('has a journal of whole records alone: one that the disk took half of is not counted', async () => {
      const header = {
        version: 1,
        repo: 'a/b',
        revision: 'c',
        path: file,
        size: 4096,
        sha256: null,
      } as const;
      const base = join(disk.path, 'part');
      await using part = await PartFile.open(base, header);
      await part.write(0, Buffer.from([1]));
      // The page of the journal has room for some more records, and for a half of one.
      await writeFile(join(disk.path, 'holiday.mov'), Buffer.alloc(40 * megabyte)).catch(() => {});
      let written = 1;
      await expect(async () => {
        for (; written < 1000; written += 1) await part.write(written, Buffer.from([1]));
      }).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(written).toBeGreaterThan(50);
      expect(bytesIn(part.verified)).toBe(written);
      expect(await provenBytes(base)).toBe(written);
      await rm(join(disk.path, 'holiday.mov'));
      await part.write(written, Buffer.from([1]));
      expect(await provenBytes(base)).toBe(written + 1);
    });
  },
);
