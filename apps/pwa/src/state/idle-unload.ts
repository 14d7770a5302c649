import type { IdleUnload } from '@impetus/contracts/model-settings';
import { formatDuration } from '../lib/format.ts';

/** The usual choices: in minutes, 0 at once. */
export const idleChoices: readonly IdleUnload[] = [0, 5, 15, 30, 60, 240, 1_440, 'never'];

/** A choice as the value of an option. */
export function idleKey(choice: IdleUnload): string {
  return String(choice);
}

export function idleFrom(key: string): IdleUnload {
  return key === 'never' ? 'never' : Number(key);
}

/** A choice in words. */
export function idleWords(choice: IdleUnload): string {
  if (choice === 'never') return 'Never';
  return choice === 0 ? 'At once' : `After ${formatDuration(choice * 60_000)}`;
}
