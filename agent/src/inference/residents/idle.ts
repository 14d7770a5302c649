import type { IdleUnload } from '@impetus/contracts';

const minuteMs = 60_000;

export interface Idleness {
  readonly idleUnload: IdleUnload;
  /** When the last request ended, or the model became ready. Milliseconds of a steady clock. */
  readonly since: number;
  /** Whether a request used the model since it was loaded; else its owner has it ready for one. */
  readonly used: boolean;
}

/** When an idle model is to be unloaded, on the same clock; null: not by itself. */
export function unloadDueAt({ idleUnload, since, used }: Idleness): number | null {
  if (idleUnload === 'never') return null;
  // “As soon as it is idle” would otherwise end a load by hand before it was good for anything.
  if (idleUnload === 0 && !used) return null;
  return since + idleUnload * minuteMs;
}
