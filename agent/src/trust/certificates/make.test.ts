import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@impetus/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLeaf } from './make.ts';
import { signInProcess } from './signer.ts';
import type { Signed } from './signing-order.ts';
import { authorityValidity, isDue, leafValidity } from './validity.ts';

const name = 'impetus-ab12.local';
const now = new Date();
let folder: TemporaryFolder;
let made: Signed;
beforeAll(async () => {
  folder = await temporaryFolder();
  made = await signInProcess({
    label: 'Impetus on Studio',
    name,
    addresses: ['192.168.1.20', 'fd00::2'],
    authority: null,
  });
  writeFileSync(join(folder.path, 'root.pem'), made.authority.root);
  writeFileSync(join(folder.path, 'intermediate.pem'), made.authority.intermediate);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** What openssl says of a certificate that the intermediate signed. */
function verify(certificate: string, ...args: string[]): string {
  const file = join(folder.path, 'leaf.pem');
  writeFileSync(file, certificate);
  const trusted = [
    '-CAfile',
    join(folder.path, 'root.pem'),
    '-untrusted',
    join(folder.path, 'intermediate.pem'),
  ];
  try {
    return execFileSync('openssl', ['verify', '-x509_strict', ...trusted, ...args, file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

const signed = (host: string, addresses: readonly string[] = []) =>
  makeLeaf({ name: host, addresses, authority: made.authority, now });

describe('the certificate for the name alone', () => {
  it('has no address, so that verifiers that compare none take it, and the same key', () => {
    const byName = new X509Certificate(made.leaf.byName ?? '');
    expect(byName.subjectAltName).toBe(`DNS:${name}`);
    expect(byName.checkPrivateKey(createPrivateKey(made.leaf.key))).toBe(true);
    expect(verify(made.leaf.byName ?? '', '-verify_hostname', name)).toContain('OK');
    expect(verify(made.leaf.byName ?? '', '-verify_ip', '192.168.1.20')).toContain('IP address mismatch');
  });
});

describe('openssl', () => {
  it('takes the name and private addresses, and nothing that the certificate is not for', () => {
    const { certificate } = made.leaf;
    expect(verify(certificate, '-verify_hostname', name)).toContain('OK');
    expect(verify(certificate, '-verify_ip', '192.168.1.20')).toContain('OK');
    expect(verify(certificate, '-verify_ip', 'fd00::2')).toContain('OK');
    expect(verify(certificate, '-verify_ip', '192.168.1.21')).toContain('IP address mismatch');
    expect(verify(certificate, '-purpose', 'sslserver')).toContain('OK');
    expect(verify(certificate, '-purpose', 'sslclient')).toContain('nsuitable');
  });

  it.each(['bank.example', 'impetus-ab13.local', 'local'])(
    'refuses %s from the same intermediate',
    async (host) => {
      const { certificate } = await signed(host);
      expect(verify(certificate)).toContain('permitted subtree violation');
    },
  );

  it.each(['203.0.113.7', '8.8.8.8', '172.32.0.1', '2606:4700::1111'])(
    'refuses the address %s',
    async (address) => {
      const { certificate } = await signed(name, [address]);
      expect(verify(certificate)).toContain('permitted subtree violation');
    },
  );

  it('refuses an authority below the intermediate', async () => {
    const leaf = await signed(name);
    const below = await makeLeaf({
      name,
      addresses: [],
      authority: { ...made.authority, intermediate: leaf.certificate, intermediateKey: leaf.key },
      now,
    });
    writeFileSync(join(folder.path, 'below.pem'), leaf.certificate);
    expect(verify(below.certificate, '-untrusted', join(folder.path, 'below.pem'))).toMatch(
      /invalid CA|path length|not a CA|unable to get/i,
    );
  });
});

describe('the dates', () => {
  it('begin a day in the past and stay within what Apple takes', () => {
    const days = (certificate: X509Certificate) =>
      (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 86_400_000;
    for (const pem of [made.authority.root, made.authority.intermediate]) {
      expect(days(new X509Certificate(pem))).toBe(820);
    }
    const leaf = new X509Certificate(made.leaf.certificate);
    expect(days(leaf)).toBe(90);
    expect(Date.now() - leaf.validFromDate.getTime()).toBeGreaterThan(23 * 60 * 60_000);
  });

  it('end with the authority at the latest', () => {
    const end = authorityValidity(new Date('2026-01-10T00:00:00Z')).notAfter;
    expect(leafValidity(new Date('2028-03-20T00:00:00Z'), end).notAfter).toEqual(end);
  });

  it('are due a month before their end, and when the clock was wrong', () => {
    const validity = leafValidity(new Date('2026-01-10T00:00:00Z'), new Date('2028-01-01T00:00:00Z'));
    expect(isDue(validity, new Date('2026-03-09T00:00:00Z'))).toBe(false);
    expect(isDue(validity, new Date('2026-03-11T00:00:00Z'))).toBe(true);
    expect(isDue(validity, new Date('2025-01-01T00:00:00Z'))).toBe(true);
  });
});
