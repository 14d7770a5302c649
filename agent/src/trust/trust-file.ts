import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ImpetusError, useAcmeInput, useFilesInput } from '@impetus/contracts';
import { z } from 'zod';
import { writePrivateFile } from '../platform/private-file.ts';
import { ensurePrivateFolder } from '../platform/private-folder.ts';
import { authorityFilesSchema, certificateFilesSchema } from './certificates/signing-order.ts';

const acmeAccountSchema = z.object({ key: z.string(), url: z.string().nullable() });

/** Which certificate the owner wants shown. */
const choiceSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('own') }),
  z.object({ mode: z.literal('files'), ...useFilesInput.shape }),
  z.object({ mode: z.literal('acme'), ...useAcmeInput.shape }),
]);
export type CertificateChoice = z.infer<typeof choiceSchema>;

const trustRecordSchema = z.object({
  version: z.literal(1),
  /** Without its domain; kept, because an installed app is bound to it. */
  name: z.string().regex(/^impetus-[a-z0-9]{4}$/),
  /** Whether a device may have installed the authority: its certificate was handed out. */
  handedOut: z.boolean(),
  choice: choiceSchema,
  authority: authorityFilesSchema.nullable(),
  leaf: certificateFilesSchema.nullable(),
  acme: z.object({ account: acmeAccountSchema, certificate: certificateFilesSchema.nullable() }).nullable(),
});
/** All that is kept for the https listener, in one file that is replaced as a whole. */
export type TrustRecord = z.infer<typeof trustRecordSchema>;

/** Letters and digits that are not taken for one another when they are read aloud or typed. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A name that no other agent in the house is likely to have. */
export function newName(): string {
  return `impetus-${Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
}

export const newTrustRecord = (): TrustRecord => ({
  version: 1,
  name: newName(),
  handedOut: false,
  choice: { mode: 'own' },
  authority: null,
  leaf: null,
  acme: null,
});

/** The record of a data folder; null where there is none yet. Throws for one that cannot be read, and leaves it as it is. */
export function readTrustFile(path: string): TrustRecord | null {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return trustRecordSchema.parse(JSON.parse(content));
  } catch {
    // Its content is secret: what is wrong with it is not repeated.
    throw new ImpetusError(
      'conflict',
      `The file ${path} is damaged, so other devices cannot connect. Put back a copy of it; or delete it and start again, and every device has to install the certificate anew.`,
    );
  }
}

export function writeTrustFile(path: string, record: TrustRecord): void {
  ensurePrivateFolder(dirname(path));
  writePrivateFile(path, `${JSON.stringify(record, null, 2)}\n`);
}
