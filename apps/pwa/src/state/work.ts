import type { RunnerStatus } from '@impetus/contracts/models';

/** What the Mac does for whom it does it, all models together. */
export interface Work {
  readonly active: number;
  readonly queued: number;
}

type NameOf = (modelId: string) => string;

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** The models that hold memory, or will. */
export function loadedRunners(runners: readonly RunnerStatus[]): readonly RunnerStatus[] {
  return runners.filter(({ state }) => state !== 'failed' && state !== 'stopped');
}

export function workOf(runners: readonly RunnerStatus[]): Work {
  return runners.reduce(
    (sum, { active, queued }) => ({ active: sum.active + active, queued: sum.queued + queued }),
    { active: 0, queued: 0 },
  );
}

/** What is being done now, in a sentence: “3 answers are being written and 2 requests wait.” */
export function workWords({ active, queued }: Work): string {
  const writing = active === 1 ? 'one answer is being written' : `${active} answers are being written`;
  const waiting = queued === 1 ? 'one request waits' : `${queued} requests wait`;
  const parts = [active > 0 ? writing : '', queued > 0 ? waiting : ''].filter(Boolean);
  if (parts.length === 0) return 'Nothing is being written.';
  const sentence = parts.join(' and ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** What goes when all memory is freed. */
export function freeWords(runners: readonly RunnerStatus[], nameOf: NameOf): string {
  const loaded = loadedRunners(runners);
  const names = list.format(loaded.map(({ modelId }) => nameOf(modelId)));
  return `${names} will be unloaded. ${workWords(workOf(loaded))}`;
}

/** What goes when all answers are stopped, and whose models they are of. */
export function stopWords(runners: readonly RunnerStatus[], nameOf: NameOf): string {
  const busy = runners.filter(({ active, queued }) => active + queued > 0);
  const names = list.format(busy.map(({ modelId }) => nameOf(modelId)));
  if (busy.length === 0) return 'Nothing is being written.';
  return `${workWords(workOf(busy))} They are asked of ${names}, by this device and others. Models stay loaded.`;
}
