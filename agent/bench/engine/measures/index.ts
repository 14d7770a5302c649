import { abort } from './abort.ts';
import { agentTrace } from './agent-trace.ts';
import { decode, streams } from './decode.ts';
import { gap } from './gap.ts';
import type { Measure } from './measure.ts';
import { firstToken, prefill } from './prefill.ts';
import { secondTurn } from './second-turn.ts';

/** All measures, in the order of the table. */
export const measures: readonly Measure[] = [
  prefill(512),
  prefill(2048),
  firstToken,
  decode,
  streams(4),
  streams(8),
  secondTurn,
  gap,
  abort,
  agentTrace,
];
