import type { ModelEntry } from './models.ts';

/** Beside its weights a model needs room for its context. */
const roomBesideWeights = 1.1;

/** Whether a model's weights fit into what models may take together; its own page has the exact answer. */
export function isLikelyToFit(
  { sizeBytes, problem }: Pick<ModelEntry, 'sizeBytes' | 'problem'>,
  limitBytes: number | null,
): boolean {
  return problem === null && limitBytes !== null && sizeBytes * roomBesideWeights <= limitBytes;
}
