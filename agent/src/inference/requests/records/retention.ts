import { setImmediate } from 'node:timers/promises';
import type { AgentSettings } from '@impetus/contracts';
import type { TextStore } from '../text/text-store.ts';
import type { RecordStore } from './record-store.ts';

const dayMs = 24 * 60 * 60 * 1_000;

export interface RetentionOptions {
  readonly records: RecordStore;
  readonly texts: TextStore;
  readonly settings: AgentSettings;
  readonly now: number;
  /** Told of the records that went. */
  readonly onRemoved: (ids: readonly string[]) => void;
}

/** Removes records and forgets texts that are older, or take more room, than the owner has them kept. */
export async function removeWhatIsOld(options: RetentionOptions): Promise<void> {
  const { records, texts, settings, now, onRemoved } = options;
  const { recordMaxAgeDays, captureMaxAgeDays, captureMaxBytes } = settings;
  const daysAgo = (days: number) => new Date(now - days * dayMs).toISOString();
  await texts.forgetBefore(daysAgo(Math.min(captureMaxAgeDays, recordMaxAgeDays)));
  await texts.keepWithin(captureMaxBytes);
  for (;;) {
    const ids = await records.removeSome(daysAgo(recordMaxAgeDays));
    if (ids.length === 0) return;
    onRemoved(ids);
    await setImmediate();
  }
}
