import type { LlamaContext, Token } from 'node-llama-cpp';
import { ImpetusError } from '@impetus/contracts';

/**
 * Takes one token through the whole model. Weights that are no numbers load like any others and would answer with
 * whatever token comes first. Here they show, since one of them in any layer spoils every probability.
 * Throws `model_load_failed`.
 */
export async function checkWeights(context: LlamaContext): Promise<void> {
  const sequence = context.getSequence();
  try {
    const token = context.model.tokens.bos ?? (0 as Token);
    const [output] = await sequence.controlledEvaluate([
      [token, { generateNext: { probabilities: true, options: { temperature: 0 } } }],
    ]);
    const probabilities = output?.next.probabilities ?? new Map<Token, number>();
    const [first = 0] = probabilities.values();
    if (!Number.isNaN(first)) return;
  } finally {
    await sequence.dispose();
  }
  throw new ImpetusError(
    'model_load_failed',
    'The weights of this model are damaged: what it computes with them is not a number. Get the file again.',
  );
}
