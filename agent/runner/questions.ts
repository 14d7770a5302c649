import type { LlamaModel, Token } from 'node-llama-cpp';
import type { RunnerAnswer, RunnerQuestion } from '@impetus/contracts';
import type { Engine } from './engine.ts';
import { beginText, checkTokens, tokenizePrompt } from './prompt.ts';

/** What the tokenizer and the template tell by themselves. Throws an ImpetusError where they cannot. */
export function answerQuestion(engine: Engine, question: RunnerQuestion): RunnerAnswer {
  const { model } = engine;
  switch (question.kind) {
    case 'tokenize': {
      const own = model.tokenize(question.text, question.parseSpecial);
      const tokens = question.addSpecial ? beginText(model, own) : own;
      return { kind: 'tokenized', tokens, pieces: tokens.map((token) => pieceOf(model, token)) };
    }
    case 'detokenize': {
      const tokens = checkTokens(question.tokens, engine, 'tokens');
      return { kind: 'detokenized', text: model.detokenize(tokens, true) };
    }
    case 'render': {
      const { tokens, chat } = tokenizePrompt(engine, question.prompt);
      return { kind: 'rendered', text: chat?.segments.join('') ?? '', promptTokens: tokens.length };
    }
  }
}

function pieceOf(model: LlamaModel, token: Token): string {
  return model.detokenize([token], true);
}
