import type { LlamaModel, Token } from 'node-llama-cpp';
import { ImpetusError, type Prompt } from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { tokenizeInfill } from './infill.ts';

/** A prompt as the model reads it. */
export interface TokenizedPrompt {
  readonly tokens: Token[];
  /** Stop strings that the way of prompting needs, beside the request's own. */
  readonly stop: readonly string[];
}

/** Turns a prompt into tokens: chats by the model's template, texts as they are. Never empty. */
export function tokenizePrompt(engine: Engine, prompt: Prompt): TokenizedPrompt {
  switch (prompt.kind) {
    case 'chat': {
      const { segments, stop } = engine.chatTemplate().render(prompt.messages);
      return { tokens: beginText(engine.model, tokenizeSegments(engine.model, segments)), stop };
    }
    case 'text':
      return { tokens: beginText(engine.model, engine.model.tokenize(prompt.text)), stop: [] };
    case 'infill':
      return tokenizeInfill(engine.model, prompt);
    case 'tokens':
      return { tokens: beginText(engine.model, checkTokens(prompt.tokens, engine, 'prompt')), stop: [] };
  }
}

/** Tokens that a client sent itself. One that the vocabulary does not have would end the process. */
export function checkTokens(tokens: readonly number[], engine: Engine, param: string): Token[] {
  const size = engine.facts.vocabularySize;
  const unknown = tokens.find((token) => token >= size);
  if (unknown === undefined) return [...tokens] as Token[];
  throw new ImpetusError(
    'invalid_request',
    `Token ${unknown} is not in this model's vocabulary of ${size} tokens. Send text, or tokens of this model.`,
    { param, detail: 'invalid_value' },
  );
}

/** The first segment begins the text, so it may take the tokenizer's leading space; the others may not. */
function tokenizeSegments(model: LlamaModel, segments: readonly string[]): Token[] {
  return segments.flatMap((segment, index) =>
    model.tokenize(segment, true, index === 0 ? undefined : 'trimLeadingSpace'),
  );
}

/** Puts the beginning-of-text token in front where the model wants it and the prompt has none. */
export function beginText(model: LlamaModel, tokens: Token[]): Token[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  if (bos !== null && tokens[0] !== bos && (shouldPrependBosToken || tokens.length === 0)) {
    return [bos, ...tokens];
  }
  return tokens;
}
