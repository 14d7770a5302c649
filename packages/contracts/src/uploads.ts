import type { WireError } from './errors.ts';

/** Where tus is spoken. Its Upload-Metadata has `filename`, and `sha256` (hex) where the sender knows it. */
export const uploadsPath = '/uploads';

/** `interrupted`: nobody is sending; it can be resumed. `checking`: all is here and is put into its place. */
export type UploadState = 'receiving' | 'interrupted' | 'checking' | 'done' | 'failed';

/** A model file on its way in. Sizes in bytes, times ISO 8601. */
export interface Upload {
  readonly id: string;
  /** Where to go on sending, as a path of the agent. */
  readonly url: string;
  /** The name that the file will have in the models folder. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly receivedBytes: number;
  readonly state: UploadState;
  /** Who began it. */
  readonly senderName: string;
  readonly startedAt: string;
  /** When an interrupted one is dropped. */
  readonly expiresAt: string;
  /** Known once all is here. */
  readonly sha256: string | null;
  /** The model that it became. */
  readonly modelId: string | null;
  /** The same file was in the library already, under whatever name: it is kept once. */
  readonly wasHere: boolean;
  readonly error: WireError | null;
}
