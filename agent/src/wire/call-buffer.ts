import type { AnswerPiece, ToolCall } from '@impetus/contracts';

type CallPiece = Extract<AnswerPiece, { kind: 'tool-call' | 'tool-arguments' | 'tool-call-end' }>;

interface OpenCall {
  readonly id: string;
  readonly name: string;
  arguments: string;
}

/** Holds calls back until they are whole: a client cannot take back half a call that it was sent. */
export class CallBuffer {
  readonly #open = new Map<string, OpenCall>();

  /** The call that this piece completes; null for every other piece. */
  take(piece: CallPiece): ToolCall | null {
    const key = `${piece.choice ?? 0} ${piece.index}`;
    if (piece.kind === 'tool-call') {
      this.#open.set(key, { id: piece.id, name: piece.name, arguments: '' });
      return null;
    }
    const call = this.#open.get(key);
    if (call === undefined) return null;
    if (piece.kind === 'tool-arguments') {
      call.arguments += piece.text;
      return null;
    }
    this.#open.delete(key);
    return call;
  }
}
