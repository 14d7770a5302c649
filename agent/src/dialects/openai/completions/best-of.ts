import { ImpetusError } from '@impetus/contracts';
import type { CompletionBody } from '@impetus/contracts/openai';
import type { WholeAnswer, WholeChoice } from '../../../wire/whole-answer.ts';

/** Whether more answers are written than are told. */
export function ranksAnswers({ best_of: bestOf, n }: CompletionBody): boolean {
  if (typeof bestOf !== 'number') return false;
  if (bestOf >= (n ?? 1)) return bestOf > (n ?? 1);
  throw new ImpetusError('invalid_request', `'best_of' must be at least 'n', which is ${n}.`, {
    param: 'best_of',
    detail: 'invalid_value',
  });
}

/** Tells the likeliest answers alone, by the mean log probability of their tokens; all of them are paid for. */
export function chooseBest(body: CompletionBody): ((answer: WholeAnswer) => WholeAnswer) | undefined {
  if (!ranksAnswers(body)) return undefined;
  const tellsChances = typeof body.logprobs === 'number';
  return (answer) => ({
    ...answer,
    choices: answer.choices
      .toSorted((a, b) => likelihood(b) - likelihood(a))
      .slice(0, body.n ?? 1)
      .map((choice) => (tellsChances ? choice : { ...choice, logprobs: [] })),
    // The ranking needed chances that nobody asked to see.
    echo: tellsChances || answer.echo === null ? answer.echo : { kind: 'echo', text: answer.echo.text },
  });
}

function likelihood({ logprobs }: WholeChoice): number {
  if (logprobs.length === 0) return 0;
  return logprobs.reduce((sum, { logprob }) => sum + logprob, 0) / logprobs.length;
}
