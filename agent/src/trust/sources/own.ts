import { X509Certificate } from 'node:crypto';
import { ImpetusError } from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import { readOwnCertificate, validityOf, type ServedCertificate } from '../certificates/read.ts';
import type { Sign } from '../certificates/signer.ts';
import { isDue, isValid, daysLeft } from '../certificates/validity.ts';
import type { TrustRecord } from '../trust-file.ts';
import type { CertificateSource } from './types.ts';

/** How long before the authority ends people hear of it. */
const warnDays = 60;

export interface OwnSourceOptions {
  readonly record: () => TrustRecord;
  readonly save: (changes: Partial<TrustRecord>) => void;
  /** How devices show the root in their lists. */
  readonly label: string;
  readonly sign: Sign;
  readonly log: Log;
  /** The certificate was replaced. */
  readonly changed: () => void;
}

/** Certificates of the agent's own authority: made when they are needed, for the name and the addresses of now. */
export function ownSource(options: OwnSourceOptions): CertificateSource {
  const { record, save, label, sign, log, changed } = options;
  let served = restore();
  let problem: string | null = null;

  function restore(): ServedCertificate | null {
    const { leaf } = record();
    if (leaf === null) return null;
    try {
      return readOwnCertificate(leaf, new Date());
    } catch {
      // It has ended while the agent was not running; the next one is made at once.
      return null;
    }
  }

  function authorityOfNow() {
    const { authority } = record();
    if (authority === null) return null;
    return isValid(validityOf(new X509Certificate(authority.root)), new Date()) ? authority : undefined;
  }

  async function make(addresses: readonly string[]): Promise<void> {
    const authority = authorityOfNow();
    if (authority === undefined) {
      throw new ImpetusError(
        'conflict',
        'The certificate authority has ended. Make a new one (“trust renew --authority”) and install it on every device.',
      );
    }
    const { name } = record();
    const signed = await sign({ label, name: `${name}.local`, addresses: [...addresses], authority });
    served = readOwnCertificate(signed.leaf, new Date());
    save(signed);
    log.info({ names: served.info.names, until: served.info.notAfter }, 'A new certificate serves https.');
    changed();
  }

  function wanted(addresses: readonly string[]): boolean {
    if (served === null || served.byName === null) return true;
    const leaf = new X509Certificate(served.certificate);
    const names = [`${record().name}.local`, ...addresses];
    return (
      !names.every((host) => served?.info.names.includes(host)) ||
      (isDue(validityOf(leaf), new Date()) && couldLast(leaf))
    );
  }

  /** A certificate that ends with its authority has no better one. */
  function couldLast(leaf: X509Certificate): boolean {
    const { authority } = record();
    return authority !== null && new X509Certificate(authority.root).validToDate > leaf.validToDate;
  }

  function ending(): string | null {
    const { authority } = record();
    if (authority === null) return null;
    const left = daysLeft(validityOf(new X509Certificate(authority.root)), new Date());
    if (left > warnDays) return null;
    return `The certificate authority ends in ${left} days. Make a new one (“trust renew --authority”) and install it on every device.`;
  }

  return {
    current: () => served,
    problem: () => problem ?? ending(),
    root: () => record().authority?.root ?? null,
    async refresh(addresses) {
      try {
        if (wanted(addresses)) await make(addresses);
        problem = null;
      } catch (error) {
        problem =
          error instanceof ImpetusError
            ? error.message
            : 'No new certificate could be made; the log has more.';
        log.error({ err: error }, 'No certificate could be made.');
      }
    },
    async renew() {
      await make(served?.info.names.slice(1) ?? []);
    },
    acme: () => null,
    continueAcme() {},
    [Symbol.dispose]() {},
  };
}
