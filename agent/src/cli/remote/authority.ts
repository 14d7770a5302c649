import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { setDefaultCACertificates } from 'node:tls';
import { ImpetusError } from '@impetus/contracts';
import type { KnownAuthority } from './known-servers.ts';

const patienceMs = 10_000;
const largest = 64 * 1024;

/** A certificate as an authority; null where it is none that can be read. */
export function toAuthority(pem: string): KnownAuthority | null {
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.ca) return null;
    return {
      pem: certificate.toString(),
      fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    };
  } catch {
    return null;
  }
}

export function readAuthority(path: string): KnownAuthority {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ImpetusError('invalid_request', `The file ${path} cannot be read (${code}).`, { cause: error });
  }
  const authority = toAuthority(content);
  if (authority !== null) return authority;
  throw new ImpetusError('invalid_request', `${path} is not the certificate of an authority, in PEM form.`);
}

/**
 * The authority that a server says is its own. The connection is not trusted, and nothing secret goes over it: what
 * comes is believed only after its fingerprint was compared, and then the server has to prove itself by it.
 */
export async function askForAuthority(server: string): Promise<KnownAuthority> {
  const url = new URL('/.well-known/impetus-authority.pem', server);
  const pem = await new Promise<string>((resolve, reject) => {
    get(url, { rejectUnauthorized: false, signal: AbortSignal.timeout(patienceMs) }, (response) => {
      if (Number(response.headers['content-length'] ?? 0) > largest) response.destroy();
      resolve(response.statusCode === 200 ? text(response) : '');
    }).on('error', reject);
  });
  const authority = toAuthority(pem);
  if (authority !== null) return authority;
  throw new ImpetusError(
    'invalid_request',
    `The certificate of ${server} is not trusted here, and the server names no authority of its own.`,
  );
}

/** From now on this process trusts servers of this authority alone. */
export function trustOnly({ pem }: KnownAuthority): void {
  setDefaultCACertificates([pem]);
}
