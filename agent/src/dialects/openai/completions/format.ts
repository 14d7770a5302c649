import type { PromptEcho, TokenLogprob } from '@impetus/contracts';
import type { WholeChoice } from '../../../wire/whole-answer.ts';
import { accounts } from '../accounts.ts';
import {
  finishReason,
  type Choices,
  type ReplyFormat,
  type ReplyHead,
  type StreamFormat,
} from '../format.ts';
import { completionLogprobs } from '../logprobs.ts';

type Reason = ReturnType<typeof finishReason> | null;

export const completionFormat: ReplyFormat = {
  idPrefix: 'cmpl-',
  whole: (head, answers) => ({
    ...completionHead(head),
    choices: answers
      .flatMap(({ choices, echo }) => choices.map((choice) => ({ choice, echo })))
      .map(({ choice, echo }, index) => wholeChoice(choice, index, echo)),
    ...accounts(answers.map(({ end }) => end)),
  }),
  stream: (head, choices) => completionStream(head, choices),
  usage: (head, ends) => ({ ...completionHead(head), choices: [], ...accounts(ends) }),
};

function wholeChoice({ text, logprobs, reason }: WholeChoice, index: number, echo: PromptEcho | null) {
  const tokens = [...(echo?.logprobs ?? []), ...logprobs];
  return choiceOf(index, `${echo?.text ?? ''}${text}`, tokens, 0, finishReason(reason));
}

function completionStream(head: ReplyHead, { first, choices }: Choices): StreamFormat {
  const written = new Map<number, number>();
  const chunk = (choice: number, text: string, tokens: readonly (TokenLogprob | null)[], reason: Reason) => {
    const offset = written.get(choice) ?? 0;
    written.set(choice, offset + text.length);
    return { ...completionHead(head), choices: [choiceOf(first + choice, text, tokens, offset, reason)] };
  };
  return {
    opening: () => [],
    piece(piece) {
      if (piece.kind === 'echo') {
        return Array.from({ length: choices }, (_, choice) =>
          chunk(choice, piece.text, piece.logprobs ?? [], null),
        );
      }
      if (piece.kind !== 'delta') return [];
      const { text, logprobs = [], choice = 0 } = piece;
      return text === '' && logprobs.length === 0 ? [] : [chunk(choice, text, logprobs, null)];
    },
    ending: (choice, reason) => chunk(choice, '', [], finishReason(reason)),
  };
}

function choiceOf(
  index: number,
  text: string,
  tokens: readonly (TokenLogprob | null)[],
  offset: number,
  reason: Reason,
) {
  // The first token of a prompt has no probability, and with it no text of its own.
  const texts = tokens.map((token) => token?.text ?? '');
  return {
    index,
    text,
    logprobs: tokens.length > 0 ? completionLogprobs(tokens, texts, offset) : null,
    finish_reason: reason,
  };
}

function completionHead({ id, created, model }: ReplyHead) {
  return { id, object: 'text_completion', created, model };
}
