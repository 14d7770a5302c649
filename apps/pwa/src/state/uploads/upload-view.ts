import type { Upload } from '@impetus/contracts/uploads';
import { formatBytes, formatClock } from '../../lib/format.ts';
import { formatLeft, formatSpeed } from '../downloads/download-view.ts';

/** A file that this page sends, or has in line. */
export interface Sending {
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  /** `sent`: all of it; the agent has the word from then on. */
  readonly state: 'waiting' | 'sending' | 'sent' | 'paused' | 'failed';
  /** Where the agent has it, once it does. */
  readonly url: string | null;
  readonly bytesPerSecond: number | null;
  readonly reason: string | null;
}

/** One file on its way in, whoever sends it: what this page knows of it and what the agent does. */
export interface UploadRowView {
  readonly key: string;
  readonly name: string;
  readonly kind: 'running' | 'working' | 'waiting' | 'failed' | 'away' | 'done';
  readonly words: string;
  readonly amounts: string;
  readonly progress: number | null;
  readonly reason: string | null;
  /** What this page can do about it. */
  readonly can: readonly ('pause' | 'resume' | 'choose-again' | 'drop' | 'dismiss')[];
  readonly modelId: string | null;
  readonly upload: Upload | null;
  readonly sending: Sending | null;
}

/** Both know the address, one with the origin and one without. */
export function samePlace(url: string | null, path: string): boolean {
  return url !== null && (url === path || url.endsWith(path));
}

/** All files on their way in: what this page sends first, then what others do or left unfinished. */
export function uploadViews(
  sendings: readonly Sending[],
  uploads: readonly Upload[],
  live: boolean,
  now: number,
): readonly UploadRowView[] {
  const own = sendings.map((sending) =>
    viewSending(sending, uploads.find((upload) => isSame(sending, upload)) ?? null, live),
  );
  const others = uploads.filter((upload) => !sendings.some((sending) => isSame(sending, upload)));
  return [...own, ...others.map((upload) => viewUpload(upload, live, now))];
}

/** The agent tells every screen of an upload before this page has heard the address of its own. */
function isSame(sending: Sending, upload: Upload): boolean {
  if (sending.url !== null || sending.state !== 'sending') return samePlace(sending.url, upload.url);
  const { name, sizeBytes, state } = upload;
  return state === 'receiving' && name === sending.name && sizeBytes === sending.sizeBytes;
}

function viewSending(sending: Sending, upload: Upload | null, live: boolean): UploadRowView {
  if (
    upload !== null &&
    (upload.state === 'checking' || upload.state === 'done' || upload.state === 'failed')
  ) {
    return { ...viewUpload(upload, live, 0), key: sending.key, sending };
  }
  const { name, sizeBytes, sentBytes, state, bytesPerSecond, reason, key } = sending;
  const progress = sizeBytes === 0 ? 0 : sentBytes / sizeBytes;
  const base = { key, name, progress, reason, modelId: null, upload, sending };
  const of = `${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)}`;
  switch (state) {
    case 'waiting':
      return { ...base, kind: 'waiting', words: 'In line', amounts: formatBytes(sizeBytes), can: ['drop'] };
    case 'sent':
      return { ...base, kind: 'working', words: 'Checking', amounts: of, can: [] };
    case 'paused':
      return { ...base, kind: 'away', words: 'Paused', amounts: of, can: ['resume', 'drop'] };
    case 'failed':
      return { ...base, kind: 'failed', words: 'Failed', amounts: of, can: ['resume', 'drop'] };
    case 'sending': {
      const moves = live && bytesPerSecond !== null;
      const left = moves ? formatLeft((sizeBytes - sentBytes) / bytesPerSecond) : '';
      const amounts = [of, moves ? formatSpeed(bytesPerSecond) : '', left].filter(Boolean).join(' · ');
      return {
        ...base,
        kind: live ? 'working' : 'waiting',
        words: live ? 'Sending' : 'Goes on when the Mac is back',
        amounts,
        can: ['pause', 'drop'],
      };
    }
  }
}

function viewUpload(upload: Upload, live: boolean, now: number): UploadRowView {
  const { id, name, sizeBytes, receivedBytes, state, senderName, error, modelId, expiresAt } = upload;
  const base = {
    key: id,
    name,
    progress: sizeBytes === 0 ? 0 : receivedBytes / sizeBytes,
    reason: null,
    amounts: `${formatBytes(receivedBytes)} of ${formatBytes(sizeBytes)}`,
    modelId,
    upload,
    sending: null,
  };
  switch (state) {
    case 'receiving':
      return { ...base, kind: live ? 'working' : 'away', words: `From ${senderName}`, can: ['drop'] };
    case 'interrupted':
      return {
        ...base,
        kind: 'away',
        words: 'Interrupted',
        reason: `${error === null ? '' : `${error.message} `}Choose the same file again to go on. It is kept until ${formatClock(Date.parse(expiresAt), now)}.`,
        can: ['choose-again', 'drop'],
      };
    case 'checking':
      return { ...base, kind: 'working', words: 'Checking', progress: 1, can: [] };
    case 'done':
      return {
        ...base,
        kind: 'done',
        words: upload.wasHere ? 'In the library already' : 'In the library',
        reason: upload.wasHere ? 'The same file was there before, so it is kept once.' : null,
        amounts: formatBytes(sizeBytes),
        progress: null,
        can: ['dismiss'],
      };
    case 'failed':
      return {
        ...base,
        kind: 'failed',
        words: 'Refused',
        progress: null,
        reason: error?.message ?? null,
        can: ['dismiss'],
      };
  }
}
