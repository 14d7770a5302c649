import { ImpetusError } from '@impetus/contracts';

type Meaning = 'full' | 'denied' | 'not-a-folder' | 'damaged' | 'failing';

const codes: Readonly<Record<Meaning, readonly string[]>> = {
  full: ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'],
  denied: ['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'],
  'not-a-folder': ['ENOTDIR', 'EEXIST'],
  damaged: ['SQLITE_CORRUPT', 'SQLITE_NOTADB'],
  failing: ['EIO', 'ENXIO', 'ENODEV', 'ESTALE', 'EBADF', 'SQLITE_IOERR'],
};

interface DiskError extends Error {
  readonly code: string;
  readonly path?: string;
}

function isCoded(error: unknown): error is DiskError {
  return error instanceof Error && typeof (error as Partial<DiskError>).code === 'string';
}

/** What an error of the file system or of SQLite means to the owner of the disk. */
function meaningOf({ code }: DiskError): Meaning | undefined {
  // SQLite refines its codes with a third word (SQLITE_READONLY_DIRECTORY), which does not matter here.
  const basic = /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code;
  return (Object.keys(codes) as Meaning[]).find((meaning) => codes[meaning].includes(basic));
}

export interface Folders {
  readonly home: string;
  readonly modelsFolder: string;
}

interface Place {
  readonly name: string;
  readonly path: string;
  readonly chosenWith: string;
}

function placeOf({ path = '' }: DiskError, { home, modelsFolder }: Folders): Place {
  return path.startsWith(modelsFolder) && !path.startsWith(home)
    ? { name: 'models folder', path: modelsFolder, chosenWith: 'IMPETUS_MODELS or --models' }
    : { name: 'data folder', path: home, chosenWith: 'IMPETUS_HOME or --home' };
}

function sentences({ code }: DiskError, { name, path, chosenWith }: Place): Record<Meaning, string> {
  return {
    full: `The disk that holds ${path} is full. Free some space, then start again.`,
    denied: `The ${name} ${path} cannot be used: your user may not read and write there. Change that, or choose another with ${chosenWith}.`,
    'not-a-folder': `The ${name} ${path} is a file, or lies below one. Choose another with ${chosenWith}.`,
    damaged: `The database in ${path} is damaged. Put the newest copy from its folder “backups” in its place as impetus.db, then start again.`,
    failing: `The disk that holds ${path} cannot be read or written (${code}). It may be full, or failing.`,
  };
}

/** An error met while the agent starts, in words for the owner of the disk; any other error as it is. */
export function explainStartError(error: unknown, folders: Folders): unknown {
  if (error instanceof ImpetusError || !isCoded(error)) return error;
  const meaning = meaningOf(error);
  if (meaning === undefined) return error;
  return new ImpetusError(
    meaning === 'full' ? 'disk_full' : 'conflict',
    sentences(error, placeOf(error, folders))[meaning],
    { cause: error },
  );
}

/** Whether it is the disk that something failed at. */
export function isDiskError(error: unknown): error is Error {
  return isCoded(error) && meaningOf(error) !== undefined;
}

/** Whether something could not be written because the disk has no room for it. */
export function isDiskFull(error: unknown): boolean {
  return isCoded(error) && meaningOf(error) === 'full';
}
