import type { AgentSettings } from '@impetus/contracts/agent-settings';
import type { Failure } from '../api/failure.ts';

type Value = AgentSettings[keyof AgentSettings];

/** What became of an attempt to save a setting. */
export type SaveOutcome =
  | { readonly kind: 'saving' | 'saved' }
  /** Another screen changed it meanwhile: its value stands, and this one was not stored. */
  | { readonly kind: 'conflict'; readonly wanted: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Whether a value may be stored: what another screen chose meanwhile is not replaced unseen. */
export function saveOutcome(values: {
  /** What stood on this screen when its owner chose. */
  readonly shown: Value;
  /** What is stored now. */
  readonly stored: Value;
  readonly wanted: Value;
}): SaveOutcome {
  const { shown, stored, wanted } = values;
  return stored === shown || stored === wanted ? { kind: 'saved' } : { kind: 'conflict', wanted };
}
