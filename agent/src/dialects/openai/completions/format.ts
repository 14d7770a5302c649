import type { PromptEcho, TokenLogprob } from '@impetus/contracts';
import type { WholeChoice } from '../../../wire/whole-answer.ts';
import { accounts } from '../accounts.ts';
import { finishReason, type ReplyFormat, type ReplyHead, type StreamFormat } from '../format.ts';
import { completionLogprobs } from '../logprobs.ts';

type Reason = ReturnType<typeof finishReason> | null;

export const completionFormat: ReplyFormat = {
  idPrefix: 'cmpl-',
  whole: (head, { echo, choices, end }) => ({
    ...completionHead(head),
    choices: choices.map((choice, index) => wholeChoice(choice, index, echo)),
    ...accounts(end),
  }),
  stream: (head, choices) => completionStream(head, choices),
};

function wholeChoice({ text, logprobs, reason }: WholeChoice, index: number, echo: PromptEcho | null) {
  const tokens = [...(echo?.logprobs ?? []), ...logprobs];
  return choiceOf(index, `${echo?.text ?? ''}${text}`, tokens, 0, finishReason(reason));
}

function completionStream(head: ReplyHead, choices: number): StreamFormat {
  const written = new Map<number, number>();
  const chunk = (index: number, text: string, tokens: readonly (TokenLogprob | null)[], reason: Reason) => {
    const offset = written.get(index) ?? 0;
    written.set(index, offset + text.length);
    return { ...completionHead(head), choices: [choiceOf(index, text, tokens, offset, reason)] };
  };
  return {
    opening: () => [],
    piece(piece) {
      if (piece.kind === 'echo') {
        return Array.from({ length: choices }, (_, index) =>
          chunk(index, piece.text, piece.logprobs ?? [], null),
        );
      }
      if (piece.kind !== 'delta') return [];
      const { text, logprobs = [], choice = 0 } = piece;
      return text === '' && logprobs.length === 0 ? [] : [chunk(choice, text, logprobs, null)];
    },
    ending: (index, reason) => chunk(index, '', [], finishReason(reason)),
    usage: (end) => ({ ...completionHead(head), choices: [], ...accounts(end) }),
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
