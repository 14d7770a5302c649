import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Generation, TokenLogprob } from '@impetus/contracts';
import type { Engine } from '../engine.ts';
import { likeliest, tokenLogprob } from './choose.ts';

/** Reads a part of a prompt and tells how likely each of the tokens that follow in it was. */
export async function readWithChances(
  { model }: Engine,
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  followers: readonly Token[],
  { logprobs }: Generation,
): Promise<readonly TokenLogprob[]> {
  if (tokens.length === 0) return [];
  const read = await sequence.controlledEvaluate(
    tokens.map((token) => [token, { generateNext: { probabilities: true, options: { temperature: 0 } } }]),
  );
  const top = logprobs ?? 0;
  return followers.map((token, index) => {
    const probabilities = read[index]?.next.probabilities ?? new Map<Token, number>();
    return tokenLogprob(model, probabilities, likeliest(probabilities, Math.max(1, top)), token, top);
  });
}
