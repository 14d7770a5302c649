import type { ConformanceEvent, ConformanceOutcome } from '@impetus/contracts/conformance';
import { conformanceChecks, type ConformanceCheck, type Tool } from '@impetus/contracts/tools/types';
import type { StateKind } from '../state-kind.ts';

/** One line of the self-test. */
export interface TestLine {
  readonly check: ConformanceCheck;
  readonly state: 'waiting' | 'working' | ConformanceOutcome;
  /** What was seen; empty until then. */
  readonly words: string;
}

export const untested: readonly TestLine[] = conformanceChecks.map((check) => ({
  check,
  state: 'waiting',
  words: '',
}));

/** The lines after one more event; one that comes again begins them anew. */
export function foldTest(lines: readonly TestLine[], event: ConformanceEvent): readonly TestLine[] {
  if (event.kind === 'end') return lines;
  if (event.kind === 'begin' && event.check === conformanceChecks[0]) {
    return untested.map((line) => (line.check === event.check ? { ...line, state: 'working' } : line));
  }
  const { check } = event;
  const line: TestLine =
    event.kind === 'begin'
      ? { check, state: 'working', words: '' }
      : { check, state: event.outcome, words: event.words };
  return lines.map((one) => (one.check === check ? line : one));
}

/** What a tool needs and did not get. */
export function missingFor({ needs }: Pick<Tool, 'needs'>, lines: readonly TestLine[]): ConformanceCheck[] {
  return lines
    .filter(({ check, state }) => needs.includes(check) && state !== 'pass')
    .map(({ check }) => check);
}

export const checkNames: Readonly<Record<ConformanceCheck, string>> = {
  models: 'Key and model',
  stream: 'Streaming',
  usage: 'Usage',
  tools: 'Tools',
  fim: 'Filling gaps (FIM)',
  responses: 'Responses API',
  messages: 'Messages API',
  context: 'Context length',
};

export const lineStates: Readonly<
  Record<TestLine['state'], { readonly kind: StateKind; readonly words: string }>
> = {
  waiting: { kind: 'waiting', words: 'Waits' },
  working: { kind: 'working', words: 'Testing' },
  pass: { kind: 'done', words: 'Passed' },
  fail: { kind: 'failed', words: 'Failed' },
  unavailable: { kind: 'away', words: 'Not available' },
};

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** What a finished test means for a tool, in one sentence. */
export function verdict(tool: Pick<Tool, 'name' | 'needs'>, lines: readonly TestLine[]): string {
  const missing = missingFor(tool, lines);
  if (missing.length === 0) return `${tool.name} has all that it needs.`;
  return `${tool.name} needs more than it found: ${list.format(missing.map((check) => checkNames[check]))}.`;
}
