import { spawnSync } from 'node:child_process';
import { installFromDebian } from './debian.ts';

/** Whether profiles can be made that trust a certificate authority: Chromium on Linux keeps them in NSS's files. */
export function hasCertutil(): boolean {
  return process.platform === 'linux' && spawnSync('certutil', ['-H']).error === undefined;
}

/** Installs certutil where that is possible; the tests that need it are skipped otherwise. */
export function bringCertutil(): void {
  if (!hasCertutil()) installFromDebian('libnss3-tools');
}
