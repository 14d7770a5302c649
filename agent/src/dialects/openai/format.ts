import type { AnswerEnd, AnswerPiece, FinishReason, PromptEcho } from '@impetus/contracts';
import type { WholeAnswer } from '../../wire/whole-answer.ts';

/** What every chunk and the whole answer of one request have in common. */
export interface ReplyHead {
  readonly id: string;
  /** Seconds since the epoch; the same in each chunk. */
  readonly created: number;
  readonly model: string;
}

/** How one endpoint words its answer, whole and streamed. */
export interface ReplyFormat {
  readonly idPrefix: string;
  whole(head: ReplyHead, answer: WholeAnswer): object;
  /** The wording of one stream; what it remembers between chunks is its own. */
  stream(head: ReplyHead, choices: number): StreamFormat;
}

export interface StreamFormat {
  /** What a stream begins with, before any text. */
  opening(): readonly object[];
  piece(piece: AnswerPiece | PromptEcho): readonly object[];
  ending(choice: number, reason: FinishReason): object;
  /** The chunk that carries nothing but usage. */
  usage(end: AnswerEnd): object;
}

/** OpenAI's word for how an answer ended. */
export function finishReason(reason: FinishReason): 'stop' | 'length' | 'tool_calls' {
  return reason === 'tool-calls' ? 'tool_calls' : reason;
}
