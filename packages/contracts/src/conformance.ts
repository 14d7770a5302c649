import { z } from 'zod';
import type { ConformanceCheck } from './tools/types.ts';

export const conformanceInput = z.object({
  modelId: z.string().min(1).max(500),
  /** The secret of the key that asks, as the tool would show it. */
  key: z.string().min(1).max(200),
});
export type ConformanceInput = z.infer<typeof conformanceInput>;

/** `unavailable`: this model or this agent does not offer it, and says so properly. */
export type ConformanceOutcome = 'pass' | 'fail' | 'unavailable';

/** How a self-test goes on: each check begins, and then has its line. */
export type ConformanceEvent =
  | { readonly kind: 'begin'; readonly check: ConformanceCheck }
  | {
      readonly kind: 'line';
      readonly check: ConformanceCheck;
      readonly outcome: ConformanceOutcome;
      /** One sentence for people: what was seen, or what was wrong. */
      readonly words: string;
      readonly ms: number;
    }
  | { readonly kind: 'end' };
