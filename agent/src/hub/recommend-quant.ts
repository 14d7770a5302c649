import type { RepoQuant } from './quants.ts';

export interface QuantChoice {
  readonly key: string;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** Weights are not all of it: a modest context and what is computed in come on top. */
const overheadBytes = 500_000_000;
const overheadShare = 1.05;
/** With this much more memory than the weights take, quality costs nothing that anybody misses. */
const roomyShare = 0.25;

/** Four bits with care for what matters: what most people are best served with. */
const balanced = ['Q4_K_M', 'UD-Q4_K_XL', 'Q4_K_S', 'MXFP4', 'MXFP4_MOE', 'IQ4_XS', 'IQ4_NL', 'Q4_1', 'Q4_0'];
const full = new Set(['F16', 'BF16', 'F32']);

/** What a machine with so much memory for models is best served with; null where nothing fits. */
export function recommendQuant(quants: readonly RepoQuant[], limitBytes: number): QuantChoice | null {
  const usable = quants.filter(({ missing }) => missing.length === 0);
  const fitting = usable.filter(({ sizeBytes }) => fitsRoughly(sizeBytes, limitBytes));
  const compressed = fitting.filter(({ quant }) => quant === null || !full.has(quant));
  const candidates = compressed.length > 0 ? compressed : fitting;
  const roomy = largest(candidates.filter(({ sizeBytes }) => sizeBytes <= limitBytes * roomyShare));
  const usual = balanced
    .map((label) => candidates.find(({ quant }) => quant === label))
    .find((quant) => quant !== undefined);
  if (roomy !== undefined && (usual === undefined || roomy.sizeBytes >= usual.sizeBytes))
    return { key: roomy.key, reason: 'The best quality here, and it leaves most of the memory free.' };
  if (usual !== undefined)
    return { key: usual.key, reason: 'The usual balance of quality, speed and memory, and it fits.' };
  const last = largest(candidates);
  return last === undefined ? null : { key: last.key, reason: 'The best quality here that fits.' };
}

export function fitsRoughly(sizeBytes: number, limitBytes: number): boolean {
  return sizeBytes * overheadShare + overheadBytes <= limitBytes;
}

/** What a model of so many parameters takes at four and a half bits each, the usual quant. */
export function likelyFits(parameters: number, limitBytes: number): boolean {
  return fitsRoughly((parameters * 4.5) / 8, limitBytes);
}

function largest(quants: readonly RepoQuant[]): RepoQuant | undefined {
  return quants.reduce<RepoQuant | undefined>(
    (best, quant) => (best === undefined || quant.sizeBytes > best.sizeBytes ? quant : best),
    undefined,
  );
}
