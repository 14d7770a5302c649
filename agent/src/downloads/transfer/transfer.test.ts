import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@impetus/test-kit';
import { expect, it } from 'vitest';
import type { RangeClient } from './open-range.ts';
import { PartFile } from './part-file.ts';
import { TokenBucket } from './token-bucket.ts';
import { transfer } from './transfer.ts';
import type { Answer, Question } from './wire/body.ts';

const mebibyte = 1024 * 1024;
const content = Buffer.from(
  Uint32Array.from({ length: 10 * mebibyte }, (_, index) => index * 2_654_435_761).buffer,
);

/** A server whose first answer comes when it is let go, and no sooner. */
function slowAtFirst() {
  const asked: string[] = [];
  const first = Promise.withResolvers<void>();
  let sentByFirst = 0;
  const ask = ({ headers }: Question): Promise<Answer> => {
    const range = String(headers['range']);
    const isFirst = asked.push(range) === 1;
    const [from = 0, last = 0] = range.replace('bytes=', '').split('-').map(Number);
    const told = new Map([['content-range', `bytes ${from}-${last}/${content.length}`]]);
    let destroyed = false;
    return Promise.resolve({
      status: 206,
      header: (name) => told.get(name) ?? null,
      body: {
        async each(take) {
          if (isFirst) await first.promise;
          for (let at = from; at <= last; at += 65_536) {
            if (destroyed) throw new Error('destroyed');
            const chunk = content.subarray(at, Math.min(last + 1, at + 65_536));
            if (isFirst) sentByFirst += chunk.length;
            await take(chunk);
          }
        },
        destroy: () => void (destroyed = true),
      },
    });
  };
  const client: RangeClient = {
    endpoint: 'http://hub.test',
    token: () => null,
    ask,
    timing: { answerMs: 10_000, silenceMs: 30_000 },
    [Symbol.dispose]: () => {},
  };
  return { client, asked, letGo: first.resolve, sentByFirst: () => sentByFirst };
}

it('a connection that has nothing left takes over half of what another still has to bring', async () => {
  await using folder = await temporaryFolder();
  const server = slowAtFirst();
  await using part = await PartFile.open(join(folder.path, 'x'), {
    version: 1,
    repo: 'a/b',
    revision: '0',
    path: 'x',
    size: content.length,
    sha256: null,
  });
  const done = transfer({
    part,
    locator: { locate: () => Promise.resolve('http://hub.test/x'), giveUp: () => {} },
    client: server.client,
    bucket: new TokenBucket(() => null),
    mostConnections: () => 2,
    signal: new AbortController().signal,
    onBytes: () => {},
    onVerified: () => {},
    onConnections: () => {},
  });
  const half = `bytes=${2 * mebibyte}-${4 * mebibyte - 1}`;
  await waitFor('the last half of the first block to be asked for', () => server.asked.at(-1) === half);
  expect(server.asked[0]).toBe(`bytes=0-${16 * mebibyte - 1}`);
  server.letGo();
  await done;
  expect((await readFile(part.path)).equals(content)).toBe(true);
  expect(server.sentByFirst()).toBe(2 * mebibyte);
});
