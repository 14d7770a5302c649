import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { HubClient } from '@impetus/hub';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import {
  commitOf,
  madeUp,
  memberToken,
  startLocalHub,
  type FaultKind,
  type LocalHub,
  type LocalRepo,
} from '@impetus/test-kit/hub';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Digests } from './digest/digests.ts';
import { fetchFile, type FetchFileOptions } from './fetch-file.ts';
import { signHere } from '../trust/testing/sign-here.ts';
import { hubLocator } from './locator.ts';
import { TransferError } from './transfer/errors.ts';
import { createRangeClient, type RangeClient } from './transfer/open-range.ts';
import { PartFile } from './transfer/part-file.ts';
import { bytesIn, type Ranges } from './transfer/ranges.ts';
import { TokenBucket } from './transfer/token-bucket.ts';

// Files are synced to a disk that others may keep busy.
vi.setConfig({ testTimeout: 60_000 });

const megabyte = 1024 * 1024;
const content = madeUp(9 * megabyte + 123, 11);
const repo: LocalRepo = { id: 'a/b', files: { 'c.gguf': content } };
const wanted = {
  repo: repo.id,
  revision: commitOf(repo),
  path: 'c.gguf',
  sizeBytes: content.size,
  sha256: content.sha256(),
};

let hub: LocalHub;
let folder: TemporaryFolder;
let client: HubClient;
let ranges: RangeClient;
let speed: number | null = null;
const threads = new Digests();

beforeAll(async () => {
  hub = await startLocalHub({ repos: [repo] });
  client = { endpoint: hub.url, token: () => memberToken };
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await threads[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await temporaryFolder();
  ranges = rangesTo(hub);
  speed = null;
});
afterEach(async () => {
  hub.clearFaults();
  hub.limit(null);
  ranges[Symbol.dispose]();
  await folder[Symbol.asyncDispose]();
});

const rangesTo = ({ url }: LocalHub) =>
  createRangeClient({
    endpoint: url,
    token: () => memberToken,
    timing: { answerMs: 5_000, silenceMs: 300 },
  });

let place: string | null = null;
const base = () => join(place ?? folder.path, 'x');
const journalOf = (sha256: string | null = wanted.sha256) =>
  ({
    version: 1,
    repo: repo.id,
    revision: wanted.revision,
    path: wanted.path,
    size: content.size,
    sha256,
  }) as const;

interface Attempt {
  readonly signal?: AbortSignal;
  readonly onVerified?: (bytes: number) => void;
  readonly sha256?: string | null;
  readonly digests?: FetchFileOptions['digests'];
}

/** One run, as the queue makes them; what is proven at its end stays. */
async function attempt({
  signal,
  onVerified = () => {},
  sha256 = wanted.sha256,
  digests = threads,
}: Attempt = {}): Promise<string> {
  await using part = await PartFile.open(base(), journalOf(sha256));
  return await fetchFile({
    part,
    locator: hubLocator(client, { ...wanted, sha256 }),
    client: ranges,
    bucket: new TokenBucket(() => speed),
    digests,
    mostConnections: () => 4,
    signal: signal ?? new AbortController().signal,
    onBytes: () => {},
    onVerified,
    onConnections: () => {},
    onFinishing: () => {},
  });
}

/** As often as it takes, but not without end. */
async function untilDone(most = 12): Promise<void> {
  for (let tries = 0; tries < most; tries += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
    }
  }
  throw new Error(`It is not done after ${most} tries.`);
}

/** Stops once so many bytes are proven. */
async function partly(bytes: number): Promise<void> {
  const stop = new AbortController();
  hub.limit(4 * megabyte);
  await expect(
    attempt({
      signal: stop.signal,
      onVerified: (proven) => proven >= bytes && stop.abort(new Error('enough')),
    }),
  ).rejects.toThrow('enough');
  hub.limit(null);
}

async function provenNow(): Promise<Ranges> {
  await using part = await PartFile.open(base(), journalOf());
  return part.verified;
}

const digestOnDisk = async () =>
  createHash('sha256')
    .update(await readFile(`${base()}.part`))
    .digest('hex');

const sentBytes = (from: number) =>
  hub.requests
    .slice(from)
    .filter(({ server }) => server === 'cdn')
    .reduce((total, { sent }) => total + (sent === null ? 0 : sent[1] - sent[0]), 0);

it.each(['checked', 'finish'] as const)(
  'a large file is stopped at once while its bytes are read for “%s”',
  async (stage) => {
    await untilDone();
    const reached = Promise.withResolvers<void>();
    const stop = new AbortController();
    let closed = false;
    /** As long as the largest file would take. */
    const never = () => {
      reached.resolve();
      return new Promise<never>(() => {});
    };
    const digests = {
      open: () => ({
        checked: stage === 'checked' ? never() : Promise.resolve([]),
        advance() {},
        finish: never,
        [Symbol.dispose]: () => {
          closed = true;
        },
      }),
    };
    const run = attempt({ signal: stop.signal, digests });
    await reached.promise;
    stop.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(closed).toBe(true);
  },
);

describe('whatever a server does', () => {
  it.each<FaultKind>([
    'cut',
    'stall',
    'short',
    'flipped-byte',
    'other-range',
    'html',
    'redirect-loop',
    'expired',
    'unauthorized',
    'rate-limited',
    'unavailable',
  ])('%s: the file is the right one in the end', async (kind) => {
    hub.fault({ kind, path: 'c.gguf', times: 3 });
    await untilDone();
    expect(await digestOnDisk()).toBe(wanted.sha256);
  });

  it('faults at random: right, and hardly a byte more than once', async () => {
    const before = hub.requests.length;
    for (const kind of ['cut', 'other-range', 'unavailable', 'expired'] as const)
      hub.fault({ kind, path: 'c.gguf', chance: 0.2 });
    await untilDone(40);
    expect(await digestOnDisk()).toBe(wanted.sha256);
    // What was under way to a connection that broke is lost; what arrived is not.
    expect(sentBytes(before)).toBeLessThan(content.size * 1.5);
  });

  it('ranges ignored: the whole file comes, and what was proven stays as it is', async () => {
    await partly(2 * megabyte);
    const proven = await provenNow();
    hub.fault({ kind: 'no-ranges', path: 'c.gguf' });
    await attempt();
    expect(await digestOnDisk()).toBe(wanted.sha256);
    expect(bytesIn(proven)).toBeGreaterThan(0);
  });
});

describe('what is proven', () => {
  it('is not asked for again', async () => {
    await partly(3 * megabyte);
    const proven = await provenNow();
    const before = hub.requests.length;
    await attempt();
    const again = hub.requests
      .slice(before)
      .map(({ range }) => /bytes=(\d+)-(\d+)/u.exec(range ?? ''))
      .filter((match) => match !== null)
      .filter(([, from, to]) => proven.some((range) => Number(from) < range.to && Number(to) >= range.from));
    expect(again).toEqual([]);
    expect(await digestOnDisk()).toBe(wanted.sha256);
  });

  it('and has changed on the disk since is fetched again, and it alone', async () => {
    await partly(5 * megabyte);
    const before = hub.requests.length;
    await using file = await open(`${base()}.part`, 'r+');
    await file.write(Buffer.from('changed by somebody'), 0, 19, 1000);
    const proven = bytesIn(await provenNow());
    await attempt();
    expect(await digestOnDisk()).toBe(wanted.sha256);
    expect(sentBytes(before)).toBeLessThan(content.size - proven + 2 * megabyte);
  });

  it('is nothing where the journal is of another file, or is none', async () => {
    await partly(2 * megabyte);
    await using other = await PartFile.open(base(), { ...journalOf(), path: 'other.gguf' });
    expect(other.verified).toEqual([]);
    await writeFile(`${base()}.journal`, 'nonsense');
    expect(await provenNow()).toEqual([]);
  });

  it('only grows as it is told', async () => {
    const told: number[] = [];
    hub.fault({ kind: 'cut', path: 'c.gguf', chance: 0.3 });
    hub.limit(20 * megabyte);
    for (let tries = 0; tries < 30; tries += 1) {
      const done = await attempt({ onVerified: (bytes) => told.push(bytes) }).then(
        () => true,
        () => false,
      );
      if (done) break;
    }
    expect(told.at(-1)).toBe(content.size);
    expect(told.every((bytes, index) => bytes >= (told[index - 1] ?? 0))).toBe(true);
  });
});

describe('a file that is another one', () => {
  it('is noticed at the Hub, and not mixed in', async () => {
    hub.fault({ kind: 'changed', path: '/resolve/' });
    await expect(attempt()).rejects.toMatchObject({ kind: 'changed' });
    expect(await provenNow()).toEqual([]);
  });

  it('is noticed by its ETag in the middle', async () => {
    const stop = new AbortController();
    hub.limit(8 * megabyte);
    let changed = false;
    const running = attempt({
      signal: stop.signal,
      onVerified: () => {
        if (!changed) hub.fault({ kind: 'changed', path: 'c.gguf', times: 100 });
        changed = true;
      },
    });
    await expect(running).rejects.toMatchObject({ kind: 'changed' });
  });

  it('as a whole is refused, and none of it is trusted', async () => {
    await expect(attempt({ sha256: 'e'.repeat(64) })).rejects.toMatchObject({ kind: 'changed' });
  });
});

it('over https, from a Hub whose certificate an authority of the system vouches for', async () => {
  const { authority, leaf } = await signHere({
    label: 'Test',
    name: 'hub.local',
    addresses: ['127.0.0.1'],
    authority: null,
  });
  await using secure = await startLocalHub({ repos: [repo], tls: { cert: leaf.certificate, key: leaf.key } });
  client = { endpoint: secure.url, token: () => memberToken };
  using secureRanges = rangesTo(secure);
  ranges = secureRanges;
  const before = getCACertificates('default');
  try {
    await expect(attempt()).rejects.toMatchObject({ kind: 'network' });
    setDefaultCACertificates([...before, authority.root]);
    expect(await attempt()).toBe(wanted.sha256);
    expect(secure.requests.some(({ server, sent }) => server === 'cdn' && sent !== null)).toBe(true);
  } finally {
    setDefaultCACertificates(before);
    client = { endpoint: hub.url, token: () => memberToken };
  }
});

it('without a digest at the Hub the file is taken as it comes', async () => {
  expect(await attempt({ sha256: null })).toBe(wanted.sha256);
});

it('the token goes to the Hub and nowhere else', () => {
  const sent = hub.requests.filter(({ authorised }) => authorised);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter(({ server }) => server === 'cdn')).toEqual([]);
});

it('keeps to the speed that was set, over all connections', async () => {
  speed = 6 * megabyte;
  const began = performance.now();
  await attempt();
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

/** A small disk of its own, where this user may make one. */
function smallDisk(path: string, size: string, more: readonly string[] = []): Disposable | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', [...more, `size=${size}`].join(','), 'tmpfs', path], {
      stdio: 'ignore',
    });
    return { [Symbol.dispose]: () => void execFileSync('umount', [path]) };
  } catch {
    return null;
  }
}

it('a disk that fills up keeps what came, and the rest comes when there is room (skipped without the right to mount)', async ({
  skip,
}) => {
  const path = join(folder.path, 'disk');
  await mkdir(path);
  using disk = smallDisk(path, '4m');
  if (disk === null) return skip();
  place = path;
  try {
    await expect(attempt()).rejects.toMatchObject({ code: 'ENOSPC' });
    const proven = bytesIn(await provenNow());
    expect(proven).toBeGreaterThan(megabyte);
    expect(smallDisk(path, '32m', ['remount'])).not.toBeNull();
    const before = hub.requests.length;
    await attempt();
    expect(await digestOnDisk()).toBe(wanted.sha256);
    expect(sentBytes(before)).toBeLessThan(content.size - proven + 2 * megabyte);
  } finally {
    place = null;
  }
});
