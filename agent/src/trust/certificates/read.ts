import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { ImpetusError, type AuthorityCertificate, type CertificateInfo } from '@impetus/contracts';
import type { CertificateFiles } from './signing-order.ts';
import { isValid, type Validity } from './validity.ts';

/** What the https listener shows: PEM, and what it says of itself. */
export interface ServedCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly info: CertificateInfo;
  /** What is shown in its place to those who ask for the host by a name; null where that is the same. */
  readonly byName: { readonly certificate: string; readonly fingerprint: string } | null;
}

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/;

/** SHA-256 of the DER form. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');

/** The value of an attribute of a name, as Node writes names: one attribute a line. */
function attribute(name: string, type: string): string | undefined {
  const line = name.split('\n').find((part) => part.startsWith(`${type}=`));
  // Node puts a backslash before signs that have a meaning in names.
  return line?.slice(type.length + 1).replace(/\\(.)/g, '$1');
}

function commonName(name: string): string {
  return attribute(name, 'CN') ?? attribute(name, 'O') ?? name.replaceAll('\n', ', ');
}

/** An address as browsers write it. */
const canonical = (host: string) =>
  isIPv6(host) ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host.toLowerCase();

/** The names and addresses that a certificate is for, in its own order. */
function namesOf(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => /^(DNS|IP Address):/.test(entry))
    .map((entry) => canonical(entry.replace(/^(DNS|IP Address):/, '')));
}

export function validityOf(certificate: X509Certificate): Validity {
  return { notBefore: certificate.validFromDate, notAfter: certificate.validToDate };
}

export function certificateInfo(certificate: X509Certificate): CertificateInfo {
  return {
    fingerprint: fingerprintOf(certificate.raw),
    names: namesOf(certificate),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    issuer: commonName(certificate.issuer),
  };
}

export function authorityCertificate(pem: string): AuthorityCertificate {
  const certificate = new X509Certificate(pem);
  return {
    name: commonName(certificate.subject),
    fingerprint: fingerprintOf(certificate.raw),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    pem,
  };
}

function parse<T>(read: () => T, refusal: string): T {
  try {
    return read();
  } catch (cause) {
    throw new ImpetusError('invalid_request', refusal, { cause });
  }
}

/**
 * A certificate and its key as they may be served. Throws one sentence for people where they are half a file, do not
 * belong together, are not valid now or are for no name.
 */
export function readCertificate(certificate: string, key: string, now: Date): ServedCertificate {
  const first = pemBlock.exec(certificate)?.[0];
  if (first === undefined) {
    throw new ImpetusError(
      'invalid_request',
      'The certificate file holds no whole certificate in PEM form (“-----BEGIN CERTIFICATE-----” to its end).',
    );
  }
  const parsed = parse(
    () => new X509Certificate(first),
    'The certificate file cannot be read: it is damaged, or was not written to its end.',
  );
  const privateKey = parse(
    () => createPrivateKey(key),
    'The key file holds no private key in PEM form without a passphrase, or was not written to its end.',
  );
  if (!parsed.checkPrivateKey(privateKey)) {
    throw new ImpetusError('invalid_request', 'The key is not the one that belongs to the certificate.');
  }
  if (!isValid(validityOf(parsed), now)) {
    const { notBefore, notAfter } = certificateInfo(parsed);
    throw new ImpetusError(
      'invalid_request',
      `The certificate is valid from ${notBefore} to ${notAfter}, and not now. Check its dates and this computer’s clock.`,
    );
  }
  const info = certificateInfo(parsed);
  if (info.names.length === 0) {
    throw new ImpetusError(
      'invalid_request',
      'The certificate names no host (it has no subjectAltName), so no browser accepts it.',
    );
  }
  return { certificate, key, info, byName: null };
}

/** A certificate of the own authority, with its twin for the name. Throws as `readCertificate` does. */
export function readOwnCertificate(
  { certificate, key, byName }: CertificateFiles,
  now: Date,
): ServedCertificate {
  const served = readCertificate(certificate, key, now);
  if (byName === undefined) return served;
  const { info } = readCertificate(byName, key, now);
  return { ...served, byName: { certificate: byName, fingerprint: info.fingerprint } };
}
