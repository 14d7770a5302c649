import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ImpetusError, type UseFilesInput } from '@impetus/contracts';
import { watch } from 'chokidar';
import type { Log } from '../../log/types.ts';
import { readCertificate, type ServedCertificate } from '../certificates/read.ts';
import { daysLeft } from '../certificates/validity.ts';
import type { CertificateSource } from './types.ts';

/** Whoever renews writes two files, one after the other. */
const settleMs = 300;
const warnDays = 14;

export interface FilesSourceOptions {
  readonly files: UseFilesInput;
  readonly log: Log;
  /** The certificate or the problem is another. */
  readonly changed: () => void;
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new ImpetusError('invalid_request', `The ${what} ${path} ${why}.`);
  }
}

/** Reads a certificate and its key from the owner's files. Throws one sentence for people. */
export async function readCertificateFiles({ certificate, key }: UseFilesInput): Promise<ServedCertificate> {
  return readCertificate(
    await readText(certificate, 'certificate file'),
    await readText(key, 'key file'),
    new Date(),
  );
}

/** Files of the owner's, which something else may renew. What is half written or does not match changes nothing. */
export async function filesSource({ files, log, changed }: FilesSourceOptions): Promise<CertificateSource> {
  let served: ServedCertificate | null = null;
  let problem: string | null = null;
  let settling: NodeJS.Timeout | undefined;

  async function read(): Promise<void> {
    const before = { fingerprint: served?.info.fingerprint, problem };
    try {
      served = await readCertificateFiles(files);
      problem = null;
    } catch (error) {
      const why = error instanceof ImpetusError ? error.message : String(error);
      problem = served === null ? why : `${why} The certificate of before goes on.`;
    }
    if (served?.info.fingerprint === before.fingerprint && problem === before.problem) return;
    log[problem === null ? 'info' : 'warn']({ problem }, 'The certificate files were read.');
    changed();
  }

  function soon(): void {
    clearTimeout(settling);
    settling = setTimeout(() => void read(), settleMs).unref();
  }

  const ready = Promise.withResolvers<void>();
  // Their folders, so that a file that is replaced by another of its name is seen too.
  const watcher = watch([...new Set([dirname(files.certificate), dirname(files.key)])], {
    depth: 0,
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && path !== files.certificate && path !== files.key,
  })
    .on('ready', () => ready.resolve())
    .on('all', soon)
    .on('error', (error) => {
      log.warn({ err: error }, 'The certificate files cannot be watched.');
      ready.resolve();
    });

  // Read once what comes later is heard of.
  await ready.promise;
  await read();

  function ending(): string | null {
    if (served === null) return null;
    const left = daysLeft({ notAfter: new Date(served.info.notAfter) }, new Date());
    return left > warnDays ? null : `The certificate ends in ${left} days, and its files were not renewed.`;
  }

  return {
    current: () => served,
    problem: () => problem ?? ending(),
    root: () => null,
    // Also where the system told nothing of a change, as on a network share.
    refresh: read,
    async renew() {
      served = await readCertificateFiles(files);
      problem = null;
      changed();
    },
    acme: () => null,
    continueAcme() {},
    [Symbol.dispose]() {
      clearTimeout(settling);
      void watcher.close();
    },
  };
}
