import type { AcmeStatus, DnsRecord, UseAcmeInput } from '@impetus/contracts';
import { X509Certificate } from 'node:crypto';
import type { Log } from '../../log/types.ts';
import { recordsByCommand } from '../acme/hook.ts';
import { orderCertificate, type DnsRecords } from '../acme/order.ts';
import { readCertificate, validityOf, type ServedCertificate } from '../certificates/read.ts';
import { isDue } from '../certificates/validity.ts';
import type { TrustRecord } from '../trust-file.ts';
import type { CertificateSource } from './types.ts';

/** ACME servers count failures. */
const firstRetryMs = 10 * 60_000;
const lastRetryMs = 12 * 60 * 60_000;

export interface AcmeSourceOptions {
  readonly choice: UseAcmeInput;
  readonly record: () => TrustRecord;
  readonly save: (changes: Partial<TrustRecord>) => void;
  readonly log: Log;
  /** The certificate, the problem or how far an order is has changed. */
  readonly changed: () => void;
  /** What serves until there is a certificate. */
  readonly fallback: ServedCertificate | null;
}

/** How long to wait after so many failures in a row. */
export function retryMs(failures: number): number {
  return Math.min(lastRetryMs, firstRetryMs * 2 ** (failures - 1));
}

/** The reason that an ACME server gave, or whatever else was in the way. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Certificates of an ACME server, ordered and renewed in the background. */
export function acmeSource(options: AcmeSourceOptions): CertificateSource {
  const { choice, record, save, log, changed, fallback } = options;
  let served = restore();
  let status: AcmeStatus = waitingStatus();
  let ordering: Promise<void> | null = null;
  let failures = 0;
  let notBefore = 0;
  let proceed: (() => void) | null = null;
  let disposed = false;

  function restore(): ServedCertificate | null {
    const kept = record().acme?.certificate ?? null;
    if (kept === null) return null;
    try {
      const certificate = readCertificate(kept.certificate, kept.key, new Date());
      return certificate.info.names.includes(choice.domain) ? certificate : null;
    } catch {
      return null;
    }
  }

  function waitingStatus(): AcmeStatus {
    if (served === null)
      return { state: 'ordering', words: `A certificate for ${choice.domain} is ordered.`, record: null };
    const words = `The certificate for ${choice.domain} is renewed a month before it ends${choice.hook === null ? ', and asks for a DNS record then' : ''}.`;
    return { state: 'ready', words, record: null };
  }

  function tell(next: AcmeStatus): void {
    if (disposed) return;
    status = next;
    changed();
  }

  /** A person makes the record, and says when it is there. */
  const byHand: DnsRecords = {
    add: (dns: DnsRecord) =>
      new Promise<void>((resolve) => {
        proceed = resolve;
        tell({
          state: 'waiting-for-dns',
          words: `Make this TXT record where the DNS of ${choice.domain} is kept. When it can be seen, continue (“trust acme --continue”).`,
          record: dns,
        });
      }),
    async remove() {},
  };

  async function order(): Promise<void> {
    tell({ state: 'ordering', words: `A certificate for ${choice.domain} is ordered.`, record: null });
    const certificate = await orderCertificate({
      choice,
      account: record().acme?.account ?? null,
      dns: choice.hook === null ? byHand : recordsByCommand(choice.hook),
      registered: (account) => save({ acme: { account, certificate: record().acme?.certificate ?? null } }),
    });
    const read = readCertificate(certificate.certificate, certificate.key, new Date());
    const account = record().acme?.account;
    if (disposed || account === undefined) return;
    save({ acme: { account, certificate } });
    served = read;
    failures = 0;
    log.info({ names: read.info.names, until: read.info.notAfter }, 'ACME gave a new certificate.');
    tell(waitingStatus());
  }

  function begin(): void {
    if (ordering !== null) return;
    ordering = order()
      .catch((error: unknown) => {
        failures += 1;
        notBefore = Date.now() + retryMs(failures);
        log.warn({ err: error }, 'The ACME order failed.');
        const next = new Date(notBefore).toISOString();
        tell({
          state: 'failed',
          words: `No certificate for ${choice.domain}: ${reasonOf(error)} The next try is at ${next}; “trust renew” tries now.`,
          record: null,
        });
      })
      .finally(() => {
        ordering = null;
        proceed = null;
      });
  }

  const due = () => served === null || isDue(validityOf(new X509Certificate(served.certificate)), new Date());

  return {
    current: () => served ?? fallback,
    problem: () => (status.state === 'failed' ? status.words : null),
    root: () => (served === null ? (record().authority?.root ?? null) : null),
    async refresh() {
      if (due() && Date.now() >= notBefore) begin();
    },
    async renew() {
      begin();
    },
    acme: () => status,
    continueAcme() {
      proceed?.();
      proceed = null;
    },
    [Symbol.dispose]() {
      disposed = true;
    },
  };
}
