import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { Fact } from '../../components/facts/facts.tsx';
import { formatBytes, formatClock, formatCount, formatParameters, formatTokens } from '../../lib/format.ts';
import { computesOn } from '../../state/runner-view.ts';

/** What a model is. */
export function modelFacts(model: ModelEntry, now: number): Fact[] {
  const { contextLength } = model;
  return [
    { term: 'Architecture', value: model.architecture ?? '–' },
    { term: 'Parameters', value: formatParameters(model.parameters) },
    { term: 'Quant', value: model.quant ?? '–' },
    {
      term: 'Trained for',
      value: contextLength === null ? '–' : `${formatTokens(contextLength)} of context`,
    },
    { term: 'Size', value: formatBytes(model.sizeBytes) },
    { term: 'Licence', value: model.licence ?? 'Not stated' },
    { term: 'Changed', value: formatClock(Date.parse(model.modifiedAt), now) },
    { term: 'Id', value: model.id, mono: true },
    ...(model.aliases.length === 0 ? [] : [{ term: 'Aliases', value: model.aliases.join(', '), mono: true }]),
    { term: 'File', value: model.path, mono: true },
  ];
}

/** How it is held while it is loaded. */
export function runnerFacts(runner: RunnerStatus, now: number): Fact[] {
  const { unloadsAt, pinned } = runner;
  return [
    { term: 'Context size', value: formatTokens(runner.contextSize) },
    { term: 'Sequences', value: formatCount(runner.sequences) },
    { term: 'Memory', value: formatBytes(runner.residentBytes) },
    {
      term: 'Stays',
      value: unloadsAt === null ? 'Until it is unloaded' : `Until ${formatClock(Date.parse(unloadsAt), now)}`,
    },
    { term: 'Pinned', value: pinned ? 'Yes, never unloaded to make room' : 'No' },
    { term: 'Computes on', value: computesOn(runner) },
    { term: 'Process', value: runner.pid === null ? '–' : String(runner.pid), mono: true },
  ];
}
