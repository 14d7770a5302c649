import { conformanceChecks, type ConformanceEvent, type ConformanceInput } from '@impetus/contracts';
import { checks } from './checks.ts';
import { openEndpoint } from './endpoint.ts';
import { fail, Flaw, type Finding } from './outcome.ts';

/** A model may have to be loaded first, and others may be before it. */
const patienceMs = 180_000;

export interface RunChecksOptions extends ConformanceInput {
  /** The agent’s own address. */
  readonly url: string;
  readonly signal: AbortSignal;
}

/** Asks the agent’s own endpoint as a tool would, and tells line by line what came of it. */
export async function* runChecks({
  url,
  key,
  modelId,
  signal,
}: RunChecksOptions): AsyncGenerator<ConformanceEvent> {
  for (const check of conformanceChecks) {
    if (signal.aborted) return;
    yield { kind: 'begin', check };
    const startedAt = performance.now();
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const endpoint = openEndpoint({ url, key, signal: inTime });
    const { outcome, words } = await checks[check]({ endpoint, model: modelId }).catch(toFinding);
    yield { kind: 'line', check, outcome, words, ms: Math.round(performance.now() - startedAt) };
  }
  yield { kind: 'end' };
}

/** Whatever keeps a check from its end is what its line says. */
function toFinding(error: unknown): Finding {
  if (error instanceof Flaw) return fail(error.message);
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  if (isLate) return fail(`There was no answer within ${patienceMs / 60_000} minutes.`);
  return fail('The connection to the endpoint broke off.');
}
