import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { Fact } from '../../components/facts/facts.tsx';
import { formatBytes, formatClock, formatCount, formatParameters, formatTokens } from '../../lib/format.ts';
import { capabilityNames, formatNames, kindNames, sourceNames } from '../../state/library/words.ts';
import { computesOn } from '../../state/runner-view.ts';

/** A model in a line: how large it is, and how many parameters in which quant. */
export function briefFacts({ sizeBytes, parameters, quant, architecture, format }: ModelEntry): string {
  const second = [parameters === null ? architecture : formatParameters(parameters), quant];
  const other = format === 'gguf' ? '' : formatNames[format];
  return [formatBytes(sizeBytes), second.filter(Boolean).join(' '), other].filter(Boolean).join(' · ');
}

/** What kind of model it is; of one that no runner takes, its format says more. */
export function kindWords({ kind, format }: ModelEntry): string {
  return kind === 'other' && format !== 'gguf' ? formatNames[format] : kindNames[kind];
}

/** What a model can do, in a line. */
export function capabilityWords({ capabilities, kind }: ModelEntry): string {
  if (capabilities.length === 0) return kind === 'other' ? '' : kindNames[kind];
  return capabilities.map((capability) => capabilityNames[capability]).join(', ');
}

/** What a model is, as far as it is known. */
export function modelFacts(model: ModelEntry, now: number): Fact[] {
  const { contextLength, origin, parameters } = model;
  const fact = (term: string, value: string | null): Fact[] =>
    value === null || value === '' ? [] : [{ term, value }];
  return [
    ...fact('Can do', capabilityWords(model)),
    ...fact('Family', model.family),
    ...fact('Architecture', model.architecture),
    ...fact('Parameters', parameters === null ? null : formatParameters(parameters)),
    ...fact('Quant', model.quant),
    ...fact('Trained for', contextLength === null ? null : `${formatTokens(contextLength)} of context`),
    { term: 'Format', value: formatNames[model.format] },
    { term: 'Size', value: formatBytes(model.sizeBytes) },
    { term: 'Licence', value: model.licence ?? 'Not stated' },
    { term: 'Changed', value: formatClock(Date.parse(model.modifiedAt), now) },
    ...(origin === null ? [] : [{ term: 'Revision', value: origin.revision ?? 'Not kept', mono: true }]),
    { term: 'Id', value: model.id, mono: true },
    ...(model.aliases.length === 0 ? [] : [{ term: 'Aliases', value: model.aliases.join(', '), mono: true }]),
    { term: 'Lies in', value: sourceNames[model.source] },
    ...(model.files.length > 1 ? [] : [{ term: 'File', value: model.path, mono: true }]),
    ...(model.sha256 === null ? [] : [{ term: 'SHA-256', value: model.sha256, mono: true }]),
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
