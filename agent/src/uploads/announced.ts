import { ImpetusError } from '@impetus/contracts';
import { safePath } from '../platform/file-name.ts';

/** What a sender tells with an upload, and tus keeps beside its file. */
export type Metadata = Record<string, string | null>;

/** What a sender says that comes. Throws for a name that no file here may have, and for a hash that is none. */
export function announced(metadata: Metadata): { readonly name: string; readonly sha256: string | null } {
  return { name: nameIn(metadata), sha256: hashIn(metadata) };
}

function nameIn(metadata: Metadata): string {
  const sent = metadata['filename'] ?? metadata['name'] ?? '';
  const names = safePath(sent);
  const [name] = names;
  if (names.length === 1 && name !== undefined) return name;
  throw new ImpetusError('invalid_request', 'Send the name of the file alone, without folders.');
}

function hashIn(metadata: Metadata): string | null {
  const sent = metadata['sha256']?.toLowerCase() ?? null;
  if (sent === null || /^[0-9a-f]{64}$/u.test(sent)) return sent;
  throw new ImpetusError(
    'invalid_request',
    'The SHA-256 that was announced is none: write it as 64 hexadecimal digits, or leave it out.',
  );
}
