import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './programs.ts';

export interface Installation {
  /** Where the programs’ commands are. */
  readonly binaries: string;
  readonly versionOf: (program: Program) => string;
}

/**
 * Installs the programs into a folder of their own, where they are nobody’s dependencies. Their install scripts run: they
 * put the binary of this platform in its place.
 */
export function install(folder: string, programs: readonly Program[], update: boolean): Installation {
  const manifest = (name: string) => join(folder, 'node_modules', name, 'package.json');
  const packages = programs.flatMap((program) => program.package ?? []);
  const missing = packages.filter((name) => update || !existsSync(manifest(name)));
  if (missing.length > 0) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n', { flag: update ? 'w' : 'a+' });
    const names = missing.map((name) => `${name}@latest`);
    const args = ['install', '--no-audit', '--no-fund', '--loglevel', 'error', ...names];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error('npm did not install the programs; its words are above.');
  }
  return {
    binaries: join(folder, 'node_modules', '.bin'),
    versionOf: (program) => {
      if (program.package === null) return '';
      const { version } = JSON.parse(readFileSync(manifest(program.package), 'utf8')) as { version: string };
      return version;
    },
  };
}
