import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@impetus/test-kit';
import { startAcmeServer, type AcmeServer } from '@impetus/test-kit/acme';
import { useAcmeInput } from '@impetus/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Log } from '../../log/types.ts';
import { newTrustRecord, type TrustRecord } from '../trust-file.ts';
import { acmeSource, retryMs } from './acme.ts';

const silent = () => {};
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };

let folder: TemporaryFolder;
let server: AcmeServer;
let record: TrustRecord;
let records: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  records = join(folder.path, 'records');
  record = newTrustRecord();
  server = await startAcmeServer({
    txt: async (name) =>
      (await linesOf(records)).filter(([found]) => found === name).map(([, value]) => value ?? ''),
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const linesOf = (path: string) =>
  readFile(path, 'utf8').then(
    (text) =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ')),
    () => [],
  );

/** A DNS command as an owner would write one: it keeps the records in a file. */
async function dnsCommand(): Promise<string> {
  const path = join(folder.path, 'dns-hook');
  await writeFile(
    path,
    `#!/bin/sh\nif [ "$1" = add ]; then echo "$2 $3" >> ${records}; else : > ${records}; fi\n`,
  );
  await chmod(path, 0o700);
  return path;
}

function source(hook: string | null, domain = 'mac.example.org') {
  return acmeSource({
    choice: useAcmeInput.parse({
      domain,
      email: 'ada@example.org',
      directory: server.directory,
      hook,
      termsAgreed: true,
    }),
    record: () => record,
    save: (changes) => (record = { ...record, ...changes }),
    log,
    changed: silent,
    fallback: null,
  });
}

it('orders a certificate with a command that makes the record, keeps it, and renews with the same account', async () => {
  using first = source(await dnsCommand());
  await first.refresh([]);
  await waitFor('the certificate', () => first.current());
  expect(first.current()?.info).toMatchObject({ names: ['mac.example.org'], issuer: 'Test ACME root' });
  expect(first.acme()?.state).toBe('ready');
  // The record is gone again.
  await waitFor('the removal', async () => (await linesOf(records)).length === 0);

  using again = source(await dnsCommand());
  const { fingerprint } = again.current()?.info ?? {};
  await again.refresh([]);
  expect(server.counts).toEqual({ accounts: 1, orders: 1, certificates: 1 });
  await again.renew();
  await waitFor('another', () => again.current()?.info.fingerprint !== fingerprint);
  expect(server.counts).toEqual({ accounts: 1, orders: 2, certificates: 2 });
});

it('asks a person for the record, and goes on when it is there', async () => {
  using byHand = source(null);
  await byHand.refresh([]);
  const { record: wanted } = await waitFor(
    'the question',
    () => byHand.acme()?.state === 'waiting-for-dns' && byHand.acme(),
  );
  expect(wanted?.name).toBe('_acme-challenge.mac.example.org');
  await writeFile(records, `${wanted?.name} ${wanted?.value}\n`);
  byHand.continueAcme();
  await waitFor('the certificate', () => byHand.current());
});

it('says what was refused, keeps what there was, and does not try again at once', async () => {
  using refused = source(null);
  await refused.refresh([]);
  await waitFor('the question', () => refused.acme()?.state === 'waiting-for-dns');
  refused.continueAcme();
  await waitFor('the refusal', () => refused.acme()?.state === 'failed');
  expect(refused.problem()).toContain('No TXT record at _acme-challenge.mac.example.org');
  await refused.refresh([]);
  expect(server.counts.orders).toBe(1);
  expect(record.acme).toMatchObject({ certificate: null });
});

it('names a command that fails, with its last words', async () => {
  const path = join(folder.path, 'broken');
  await writeFile(path, '#!/bin/sh\necho "No such zone" >&2\nexit 3\n');
  await chmod(path, 0o700);
  using broken = source(path);
  await broken.refresh([]);
  await waitFor('the failure', () => broken.acme()?.state === 'failed');
  expect(broken.problem()).toContain(`The DNS command ${path} ended with 3: No such zone.`);
});

it('waits longer after each failure, half a day at most', () => {
  expect([1, 2, 3, 20].map((failures) => retryMs(failures) / 60_000)).toEqual([10, 20, 40, 720]);
});
