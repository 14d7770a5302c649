import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../../platform/private-file.ts';

const knownSchema = z.record(z.string(), z.object({ fingerprint: z.string(), pem: z.string() }));

/** The authority of a server, as it was when its fingerprint was compared. */
export interface KnownAuthority {
  /** SHA-256 of the DER form, in lower-case hex. */
  readonly fingerprint: string;
  readonly pem: string;
}

const pathIn = (home: string) => join(home, 'known-servers.json');

function readAll(home: string): Record<string, KnownAuthority> {
  try {
    return knownSchema.parse(JSON.parse(readFileSync(pathIn(home), 'utf8')));
  } catch {
    return {};
  }
}

export function knownAuthority(home: string, server: string): KnownAuthority | null {
  const known = readAll(home);
  return Object.hasOwn(known, server) ? (known[server] ?? null) : null;
}

/** Kept beyond a logout, so that the fingerprint is compared once. */
export function rememberAuthority(home: string, server: string, authority: KnownAuthority): void {
  writePrivateFile(pathIn(home), `${JSON.stringify({ ...readAll(home), [server]: authority }, null, 2)}\n`);
}
