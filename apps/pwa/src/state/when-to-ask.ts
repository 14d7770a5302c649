import type { ConnectionView } from './connection-machine.ts';

/** Whether a question can be put to the Mac: at once, as soon as it is connected, or not as things stand. */
export type WhenToAsk = 'now' | 'soon' | { readonly whyNot: string };

/** A page that was just opened has not heard yet which models there are; nobody should have to wait for that. */
export function whenToAsk(input: {
  readonly connection: ConnectionView['kind'];
  /** Whether the page has heard what there is, now or at an earlier visit. */
  readonly known: boolean;
  /** The model that would answer; null if there is none. */
  readonly model: string | null;
}): WhenToAsk {
  const { connection, known, model } = input;
  if (known && model === null) return { whyNot: 'There is no model to ask.' };
  return connection === 'connected' && known ? 'now' : 'soon';
}
