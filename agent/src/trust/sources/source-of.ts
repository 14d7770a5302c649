import { acmeSource, type AcmeSourceOptions } from './acme.ts';
import { filesSource } from './files.ts';
import { ownSource, type OwnSourceOptions } from './own.ts';
import type { CertificateChoice } from '../trust-file.ts';
import type { CertificateSource } from './types.ts';

export type SourceOptions = OwnSourceOptions & Omit<AcmeSourceOptions, 'choice'>;

/** The source that the owner chose. */
export async function sourceOf(
  choice: CertificateChoice,
  options: SourceOptions,
): Promise<CertificateSource> {
  switch (choice.mode) {
    case 'own':
      return ownSource(options);
    case 'files':
      return filesSource({ ...options, files: choice });
    case 'acme':
      return acmeSource({ ...options, choice });
  }
}
