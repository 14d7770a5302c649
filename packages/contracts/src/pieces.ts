import type { AnswerPiece, GenerationEvent } from './generation.ts';

const pieceKinds: ReadonlySet<string> = new Set([
  'delta',
  'reasoning',
  'tool-call',
  'tool-arguments',
  'tool-call-end',
]);

/** Whether an event is a part of the answer itself, with tokens that it took. */
export function isPiece(
  event: GenerationEvent | { readonly kind: 'stopped' | 'error' },
): event is AnswerPiece {
  return pieceKinds.has(event.kind);
}

/** One piece for two that follow each other, or null where they are to be told apart. */
export function joinPieces(last: AnswerPiece, next: AnswerPiece): AnswerPiece | null {
  if (last.choice !== next.choice) return null;
  const tokens = last.tokens + next.tokens;
  if (last.kind === 'delta' && next.kind === 'delta') {
    const logprobs =
      last.logprobs || next.logprobs ? [...(last.logprobs ?? []), ...(next.logprobs ?? [])] : null;
    return { ...last, text: last.text + next.text, tokens, ...(logprobs && { logprobs }) };
  }
  if (last.kind === 'reasoning' && next.kind === 'reasoning') {
    return { ...last, text: last.text + next.text, tokens };
  }
  if (last.kind === 'tool-arguments' && next.kind === 'tool-arguments' && last.index === next.index) {
    return { ...last, text: last.text + next.text, tokens };
  }
  return null;
}
