import type { TokenChance, TokenLogprob } from '@impetus/contracts';

/** Log probabilities as chats tell them; the bytes are always there, since a token may be half a character. */
export function chatLogprobs(logprobs: readonly TokenLogprob[]) {
  return { content: tokenLogprobs(logprobs), refusal: null };
}

/** Each token with the likeliest in its place. */
export function tokenLogprobs(logprobs: readonly TokenLogprob[]) {
  return logprobs.map((token) => ({ ...chatChance(token), top_logprobs: token.top.map(chatChance) }));
}

function chatChance({ text, logprob, bytes }: TokenChance) {
  return { token: text, logprob, bytes: bytes ?? [...Buffer.from(text)] };
}

/** Log probabilities as completions tell them: lists side by side, offsets counted from `offset` in characters. */
export function completionLogprobs(
  logprobs: readonly (TokenLogprob | null)[],
  texts: readonly string[],
  offset: number,
) {
  const starts = texts.map((_, index) => offset + texts.slice(0, index).join('').length);
  return {
    tokens: [...texts],
    token_logprobs: logprobs.map((token) => token?.logprob ?? null),
    top_logprobs: logprobs.map((token) =>
      token === null ? null : Object.fromEntries(token.top.map(({ text, logprob }) => [text, logprob])),
    ),
    text_offset: starts,
  };
}
