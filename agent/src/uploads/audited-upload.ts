import { toImpetusError } from '@impetus/contracts';
import { outcomeOf } from '../auth/audit/outcome.ts';
import type { Audit } from '../auth/types.ts';
import type { Sender } from './types.ts';

export interface UploadDeed {
  readonly verb: 'create' | 'finish' | 'delete';
  /** The file's name. */
  readonly subject: string;
  /** Undefined for what the agent goes on with by itself. */
  readonly sender: Sender | undefined;
}

/** Writes into the audit how it ended: tus answers past the hooks that do so for other requests. */
export async function auditedUpload<T>(
  audit: Pick<Audit, 'record'>,
  { verb, subject, sender }: UploadDeed,
  task: () => Promise<T>,
): Promise<T> {
  const entry = { action: `uploads.${verb}`, subject: subject.slice(0, 200), ...sender };
  try {
    const result = await task();
    audit.record(entry);
    return result;
  } catch (error) {
    const known = toImpetusError(error);
    audit.record({ ...entry, outcome: outcomeOf(known), detail: { code: known.code } });
    throw error;
  }
}
