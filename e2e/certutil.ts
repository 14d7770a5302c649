import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether profiles can be made that trust a certificate authority: Chromium on Linux keeps them in NSS's files. */
export function hasCertutil(): boolean {
  return process.platform === 'linux' && spawnSync('certutil', ['-H']).error === undefined;
}

/** Installs certutil where that is possible; the tests that need it are skipped otherwise. */
export function bringCertutil(): void {
  if (hasCertutil() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'libnss3-tools'], options);
}
