import { randomInt } from 'node:crypto';
import {
  TokenBias,
  type LlamaContextSequenceRepeatPenalty,
  type LlamaModel,
  type SequenceEvaluateOptions,
  type Token,
} from 'node-llama-cpp';
import type { Generation, Sampling } from '@impetus/contracts';

/** What llama.cpp's own server samples with where a request says nothing. */
const defaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 };

/** The penalties look back at this many generated tokens, as llama.cpp's do. */
const penaltyWindow = 64;

/** llama.cpp takes this seed to mean "a random one". */
const reservedSeed = 0xff_ff_ff_ff;

/** From here down a bias means: never. */
const banned = -100;

export interface EvaluateOptions extends SequenceEvaluateOptions {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly seed: number;
}

/** A request's sampling as the engine's options. `generated` is read anew at each token. */
export function evaluateOptions(
  biasOf: (biases: NonNullable<Generation['logitBias']>) => TokenBias,
  { sampling, logitBias = [] }: Pick<Generation, 'sampling' | 'logitBias'>,
  generated: readonly Token[],
): EvaluateOptions {
  const repeatPenalty = penaltyOptions(sampling, generated);
  const { xtcProbability = 0, xtcThreshold = 0.1 } = sampling;
  const { dryMultiplier = 0, dryBase = 1.75, dryAllowedLength = 2 } = sampling;
  return {
    temperature: sampling.temperature ?? defaults.temperature,
    topK: sampling.topK ?? defaults.topK,
    topP: sampling.topP ?? defaults.topP,
    minP: sampling.minP ?? defaults.minP,
    seed: sampling.seed === undefined ? randomInt(reservedSeed) : foldSeed(sampling.seed),
    contextShift: { strategy: refuseShift },
    ...(repeatPenalty && { repeatPenalty }),
    ...(xtcProbability > 0 && { xtc: { probability: xtcProbability, threshold: xtcThreshold } }),
    ...(dryMultiplier > 0 && {
      dryRepeatPenalty: { strength: dryMultiplier, base: dryBase, allowedLength: dryAllowedLength },
    }),
    ...(logitBias.length > 0 && { tokenBias: biasOf(logitBias) }),
  };
}

/** Seeds are integers of any size on the wire and 32 bits in the engine. */
export function foldSeed(seed: number): number {
  return Number(BigInt.asUintN(32, BigInt(seed))) % reservedSeed;
}

/** A token that the vocabulary does not have biases nothing. */
export function tokenBias(model: LlamaModel, biases: NonNullable<Generation['logitBias']>): TokenBias {
  const size = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
  const bias = TokenBias.for(model);
  for (const [token, logit] of biases) {
    if (token < size) bias.set(token as Token, logit <= banned ? 'never' : { logit });
  }
  return bias;
}

function penaltyOptions(
  { frequencyPenalty = 0, presencePenalty = 0, repeatPenalty = 1, repeatLastN = penaltyWindow }: Sampling,
  generated: readonly Token[],
): LlamaContextSequenceRepeatPenalty | null {
  if (frequencyPenalty === 0 && presencePenalty === 0 && repeatPenalty === 1) return null;
  if (repeatLastN === 0) return null;
  return {
    punishTokens: () => generated.slice(-repeatLastN),
    maxPunishTokens: repeatLastN,
    penalty: repeatPenalty,
    frequencyPenalty,
    presencePenalty,
  };
}

/** The library would drop the oldest tokens without a word; a request that does not fit is refused before. */
function refuseShift(): never {
  throw new Error('The context is full.');
}
