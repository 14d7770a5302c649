import type { ModelBenchmark } from '@impetus/contracts/library';
import { formatCount } from '../../lib/format.ts';

/** What was measured of a model, the newest first; what is heard while the page is open stands over what was kept. */
export function mergeBenchmarks(
  stored: readonly ModelBenchmark[],
  heard: readonly ModelBenchmark[],
  modelId: string,
): readonly ModelBenchmark[] {
  const all = new Map([...stored, ...heard].map((one) => [one.id, one]));
  return [...all.values()]
    .filter((one) => one.modelId === modelId)
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** How the model was held, so that two measurements can be compared. */
export function benchmarkSettings({ settings, quant, gpu, engine }: ModelBenchmark): string {
  const held =
    settings === null
      ? []
      : [
          `context ${formatCount(settings.contextSize)}`,
          `${formatCount(settings.sequences)} ${settings.sequences === 1 ? 'sequence' : 'sequences'}`,
          gpu === null || gpu === 'none'
            ? `${settings.threads} ${settings.threads === 1 ? 'thread' : 'threads'}`
            : gpu,
          `KV ${settings.kvType}`,
        ];
  return [quant ?? '', ...held, engine].filter(Boolean).join(', ');
}
