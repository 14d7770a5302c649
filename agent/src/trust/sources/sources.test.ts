import { X509Certificate } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@impetus/test-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../log/types.ts';
import type { CertificateFiles } from '../certificates/signing-order.ts';
import { newTrustRecord, type TrustRecord } from '../trust-file.ts';
import { filesSource } from './files.ts';
import { ownSource } from './own.ts';
import { signHere } from '../testing/sign-here.ts';

const silent = () => {};
const log: Log = { debug: silent, info: silent, warn: silent, error: silent };
const leafFor = async (name: string): Promise<CertificateFiles> =>
  (await signHere({ label: 'Test', name, addresses: [], authority: null })).leaf;

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

describe('files of the owner', { timeout: 30_000 }, () => {
  it('serve as they change; what is half written or does not match is refused with words, and the old ones go on', async () => {
    const files = { certificate: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
    const [first, second] = await Promise.all([leafFor('one.example'), leafFor('two.example')]);
    let changes = 0;
    using source = await filesSource({ files, log, changed: () => (changes += 1) });
    expect(source.current()).toBeNull();
    expect(source.problem()).toContain('does not exist');

    await writeFile(files.certificate, first.certificate);
    await writeFile(files.key, first.key);
    await waitFor('the first', () => source.current()?.info.names.includes('one.example'));
    expect(source.problem()).toBeNull();

    // Half of a certificate, then a whole one whose key has not come yet.
    await writeFile(files.certificate, second.certificate.slice(0, 300));
    await waitFor('the refusal', () => source.problem()?.includes('no whole certificate'));
    expect(source.problem()).toContain('The certificate of before goes on.');
    await writeFile(files.certificate, second.certificate);
    await waitFor('the mismatch', () => source.problem()?.includes('not the one that belongs'));
    expect(source.current()?.info.names).toEqual(['one.example']);
    await writeFile(`${files.key}.new`, second.key.slice(0, 40));
    await rename(`${files.key}.new`, files.key);
    await waitFor('the half key', () => source.problem()?.includes('no private key'));

    // As renewing programs do it: another file takes the name.
    await writeFile(`${files.key}.new`, second.key);
    await rename(`${files.key}.new`, files.key);
    await waitFor('the second', () => source.current()?.info.names.includes('two.example'));
    expect(source.problem()).toBeNull();
    expect(changes).toBeGreaterThanOrEqual(4);
  });
});

describe('the agent’s own', () => {
  function own(start: Partial<TrustRecord> = {}) {
    let record: TrustRecord = { ...newTrustRecord(), name: 'impetus-ab12', ...start };
    let signed = 0;
    const source = ownSource({
      record: () => record,
      save: (changes) => (record = { ...record, ...changes }),
      label: 'Impetus on Studio',
      sign: (order) => {
        signed += 1;
        return signHere(order);
      },
      log,
      changed: silent,
    });
    return { source, record: () => record, signed: () => signed };
  }

  it('is made once, kept, and made anew where an address came, by the same authority', async () => {
    const { source, record, signed } = own();
    await source.refresh(['192.168.1.20']);
    await source.refresh(['192.168.1.20']);
    expect(signed()).toBe(1);
    const root = source.root();
    expect(source.current()?.info.names).toEqual(['impetus-ab12.local', '192.168.1.20']);
    expect(source.current()?.byName?.fingerprint).not.toBe(source.current()?.info.fingerprint);

    const again = own({ authority: record().authority, leaf: record().leaf });
    await again.source.refresh(['192.168.1.20']);
    expect(again.signed()).toBe(0);
    await again.source.refresh(['192.168.1.20', 'fd00::2']);
    expect(again.signed()).toBe(1);
    expect(again.source.root()).toBe(root);
    expect(again.source.current()?.info.names).toContain('fd00::2');
  });

  it('is made anew where there is none yet for the name alone', async () => {
    const { source, record } = own();
    await source.refresh(['192.168.1.20']);
    const { certificate = '', key = '' } = record().leaf ?? {};
    const older = own({ authority: record().authority, leaf: { certificate, key } });
    expect(older.source.current()?.byName).toBeNull();
    await older.source.refresh(['192.168.1.20']);
    expect(older.signed()).toBe(1);
    expect(older.source.current()?.byName).not.toBeNull();
  });

  it('is refused to nobody for a clock that was wrong: it is made anew', async () => {
    const { source, record } = own();
    await source.refresh([]);
    const damaged = own({
      authority: record().authority,
      leaf: { certificate: 'half', key: record().leaf?.key ?? '' },
    });
    expect(damaged.source.current()).toBeNull();
    await damaged.source.refresh([]);
    expect(
      new X509Certificate(damaged.source.current()?.certificate ?? '').checkHost('impetus-ab12.local'),
    ).toBe('impetus-ab12.local');
  });

  it('says in words that nothing could be made, and serves what it has', async () => {
    const { source } = own({ authority: { root: 'x', intermediate: 'y', intermediateKey: 'z' } });
    await source.refresh([]);
    expect(source.current()).toBeNull();
    expect(source.problem()).toBe('No new certificate could be made; the log has more.');
  });
});
