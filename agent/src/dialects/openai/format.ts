import type { AnswerEnd, AnswerPiece, FinishReason, PromptEcho } from '@impetus/contracts';
import type { WholeAnswer } from '../../wire/whole-answer.ts';

/** What every chunk and the whole answer of one request have in common. */
export interface ReplyHead {
  readonly id: string;
  /** Seconds since the epoch; the same in each chunk. */
  readonly created: number;
  readonly model: string;
}

/** The places of the answers to one prompt among all choices of a request. */
export interface Choices {
  readonly first: number;
  readonly choices: number;
}

/** How one endpoint words its answer, whole and streamed. */
export interface ReplyFormat {
  readonly idPrefix: string;
  /** One answer for each prompt. */
  whole(head: ReplyHead, answers: readonly WholeAnswer[]): object;
  /** The wording of one prompt's answers; what it remembers between chunks is its own. */
  stream(head: ReplyHead, choices: Choices): StreamFormat;
  /** The chunk that carries nothing but usage. */
  usage(head: ReplyHead, ends: readonly AnswerEnd[]): object;
}

export interface StreamFormat {
  /** What a stream begins with, before any text. */
  opening(): readonly object[];
  piece(piece: AnswerPiece | PromptEcho): readonly object[];
  ending(choice: number, reason: FinishReason): object;
}

/** OpenAI's word for how an answer ended. */
export function finishReason(reason: FinishReason): 'stop' | 'length' | 'tool_calls' {
  return reason === 'tool-calls' ? 'tool_calls' : reason;
}
