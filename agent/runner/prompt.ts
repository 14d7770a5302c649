import type { LlamaModel, Token } from 'node-llama-cpp';
import { ImpetusError, type Prompt } from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { tokenizeInfill } from './infill.ts';
import type { RenderedPrompt } from './templates/chat-template.ts';

/** A prompt as the model reads it. */
export interface TokenizedPrompt {
  readonly tokens: Token[];
  /** Stop strings that the way of prompting needs, beside the request's own. */
  readonly stop: readonly string[];
  /** How the answer is read; null: every text is just text. */
  readonly chat: RenderedPrompt | null;
}

/** Turns a prompt into tokens: chats by the model's template, texts as they are. Never empty. */
export function tokenizePrompt(engine: Engine, prompt: Prompt): TokenizedPrompt {
  const { model } = engine;
  switch (prompt.kind) {
    case 'chat': {
      const chat = engine.chatTemplate().render(prompt);
      return { tokens: beginText(model, tokenizeSegments(model, chat.segments)), stop: chat.stop, chat };
    }
    case 'text':
      return { tokens: beginText(model, model.tokenize(prompt.text)), stop: [], chat: null };
    case 'infill':
      return { ...tokenizeInfill(model, prompt), chat: null };
    case 'tokens':
      return {
        tokens: beginText(model, checkTokens(prompt.tokens, engine, 'prompt')),
        stop: [],
        chat: null,
      };
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
