import { ImpetusError, type UseAcmeInput } from '@impetus/contracts';
import type { Log } from '../../log/types.ts';
import type { ServedCertificate } from '../certificates/read.ts';
import type { TrustRecord } from '../trust-file.ts';
import type { CertificateSource } from './types.ts';

export interface AcmeSourceOptions {
  readonly choice: UseAcmeInput;
  readonly record: () => TrustRecord;
  readonly save: (changes: Partial<TrustRecord>) => void;
  readonly log: Log;
  readonly changed: () => void;
  /** What serves until there is a certificate. */
  readonly fallback: ServedCertificate | null;
}

export async function certificateOfAcme(_options: AcmeSourceOptions): Promise<CertificateSource> {
  throw new ImpetusError('conflict', 'ACME is not there yet.');
}
