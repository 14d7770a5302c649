import type { Upload, WireError } from '@impetus/contracts';
import type { DiskClaim } from '../models/types.ts';
import type { Arrival } from './arrival.ts';

/** One upload while this agent knows of it. */
export interface UploadRecord {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly senderName: string;
  readonly startedAt: string;
  readonly arrival: Arrival;
  /** What the sender says that it hashes to, where they know it. */
  readonly expectedSha256: string | null;
  receivedBytes: number;
  /** When something last came, in milliseconds. */
  lastAt: number;
  state: Upload['state'];
  sha256: string | null;
  modelId: string | null;
  wasHere: boolean;
  error: WireError | null;
  claim: DiskClaim | null;
}

/** As screens hear of it. */
export function toUpload(
  record: UploadRecord,
  { path, maxAgeMs }: { path: string; maxAgeMs: number },
): Upload {
  const { id, name, sizeBytes, receivedBytes, state, senderName, startedAt, sha256, modelId, error } = record;
  return {
    id,
    url: `${path}/${id}`,
    name,
    sizeBytes,
    receivedBytes,
    state,
    senderName,
    startedAt,
    expiresAt: new Date(record.lastAt + maxAgeMs).toISOString(),
    sha256,
    modelId,
    wasHere: record.wasHere,
    error,
  };
}

/** Whether it can still become a model. */
export function isOpen({ state }: Pick<UploadRecord, 'state'>): boolean {
  return state === 'receiving' || state === 'interrupted' || state === 'checking';
}
