import { defaultDownloadSettings, ImpetusError } from '@impetus/contracts';
import type { Downloads } from './types.ts';

const refuse = () => Promise.reject(new ImpetusError('conflict', 'This version cannot download yet.'));

/** Stands where downloads will be. */
export function absentDownloads(): Downloads {
  return {
    list: () => [],
    add: refuse,
    pause: refuse,
    resume: refuse,
    cancel: refuse,
    retry: refuse,
    move: refuse,
    prioritise: refuse,
    pauseAll: refuse,
    resumeAll: refuse,
    clearDone: refuse,
    settings: () => defaultDownloadSettings,
    updateSettings: refuse,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
