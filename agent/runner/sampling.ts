import { randomInt } from 'node:crypto';
import type { LlamaContextSequenceRepeatPenalty, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { Sampling } from '@impetus/contracts';

/** What llama.cpp's own server samples with where a request says nothing. */
const defaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 };

/** The penalties look back at this many generated tokens, as llama.cpp's do. */
const penaltyWindow = 64;

/** llama.cpp takes this seed to mean "a random one". */
const reservedSeed = 0xff_ff_ff_ff;

/** A request's sampling as the engine's options. `generated` is read anew at each token. */
export function evaluateOptions(
  sampling: Sampling,
  generated: readonly Token[],
): SequenceEvaluateOptions & { seed: number } {
  const repeatPenalty = penaltyOptions(sampling, generated);
  return {
    temperature: sampling.temperature ?? defaults.temperature,
    topK: sampling.topK ?? defaults.topK,
    topP: sampling.topP ?? defaults.topP,
    minP: sampling.minP ?? defaults.minP,
    seed: sampling.seed === undefined ? randomInt(reservedSeed) : foldSeed(sampling.seed),
    contextShift: { strategy: refuseShift },
    ...(repeatPenalty && { repeatPenalty }),
  };
}

/** Seeds are integers of any size on the wire and 32 bits in the engine. */
export function foldSeed(seed: number): number {
  return Number(BigInt.asUintN(32, BigInt(seed))) % reservedSeed;
}

function penaltyOptions(
  { frequencyPenalty = 0, presencePenalty = 0, repeatPenalty = 1 }: Sampling,
  generated: readonly Token[],
): LlamaContextSequenceRepeatPenalty | null {
  if (frequencyPenalty === 0 && presencePenalty === 0 && repeatPenalty === 1) return null;
  return {
    punishTokens: () => generated.slice(-penaltyWindow),
    maxPunishTokens: penaltyWindow,
    penalty: repeatPenalty,
    frequencyPenalty,
    presencePenalty,
  };
}

/** The library would drop the oldest tokens without a word; a request that does not fit is refused before. */
function refuseShift(): never {
  throw new Error('The context is full.');
}
