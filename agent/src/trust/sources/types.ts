import type { AcmeStatus } from '@impetus/contracts';
import type { ServedCertificate } from '../certificates/read.ts';

/** Where the certificate comes from that the https listener shows. */
export interface CertificateSource extends Disposable {
  /** What is to be shown; null while there is nothing. What was good stays until there is something better. */
  current(): ServedCertificate | null;
  /** Why there is nothing, or nothing newer; for people. */
  problem(): string | null;
  /** The root against which it is checked; null: those that computers have. */
  root(): string | null;
  /** Replaces the certificate where that is due, for the addresses of now. Never throws: `problem` tells. */
  refresh(addresses: readonly string[]): Promise<void>;
  /** Replaces it whether that is due or not. Throws for people. */
  renew(): Promise<void>;
  acme(): AcmeStatus | null;
  /** The TXT record that a person was asked for is there. */
  continueAcme(): void;
}
