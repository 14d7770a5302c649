import type { CapturedText } from '@impetus/contracts';

/** The longest prompt or answer that is kept, in bytes of UTF-8. */
export const maxTextBytes = 1_000_000;

/** The longest beginning of a text that takes at most `maxBytes` in UTF-8; no character is cut in two. */
export function cutText(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

/** Both texts of a request, neither longer than may be kept. */
export function toCapturedText(prompt: string, answer: string, maxBytes = maxTextBytes): CapturedText {
  const kept = { prompt: cutText(prompt, maxBytes), answer: cutText(answer, maxBytes) };
  return { ...kept, cut: kept.prompt.length < prompt.length || kept.answer.length < answer.length };
}

/** What a text takes of the room that all of them share, in bytes. */
export function sizeOf({ prompt, answer }: CapturedText): number {
  return Buffer.byteLength(prompt) + Buffer.byteLength(answer);
}

export interface KeptText {
  readonly id: string;
  readonly bytes: number;
}

/** Of texts that are told oldest first, those that have to go so that at most `maxBytes` of `totalBytes` are left. */
export function textsToForget(
  oldestFirst: readonly KeptText[],
  totalBytes: number,
  maxBytes: number,
): readonly KeptText[] {
  let left = totalBytes;
  const enough = oldestFirst.findIndex(({ bytes }) => {
    if (left <= maxBytes) return true;
    left -= bytes;
    return false;
  });
  return enough < 0 ? oldestFirst : oldestFirst.slice(0, enough);
}
