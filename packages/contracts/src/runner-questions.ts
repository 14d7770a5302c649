import type { ChatPrompt } from './prompt.ts';

/** What a loaded model's tokenizer and template can tell without computing. */
export type RunnerQuestion =
  | {
      readonly kind: 'tokenize';
      readonly text: string;
      /** Adds the token that begins a text, where the model wants one. */
      readonly addSpecial: boolean;
      /** Control tokens that the text spells out become tokens; otherwise they stay text. */
      readonly parseSpecial: boolean;
    }
  | { readonly kind: 'detokenize'; readonly tokens: readonly number[] }
  /** The text that a chat becomes by the model's template, and its length. */
  | { readonly kind: 'render'; readonly prompt: ChatPrompt };

export type RunnerAnswer =
  | {
      readonly kind: 'tokenized';
      readonly tokens: readonly number[];
      /** The text of each, with the replacement character where its bytes alone are no text. */
      readonly pieces: readonly string[];
    }
  | { readonly kind: 'detokenized'; readonly text: string }
  | { readonly kind: 'rendered'; readonly text: string; readonly promptTokens: number };

/** The answer to a kind of question. */
export type AnswerTo<Question extends RunnerQuestion> = Extract<
  RunnerAnswer,
  {
    kind: { tokenize: 'tokenized'; detokenize: 'detokenized'; render: 'rendered' }[Question['kind']];
  }
>;
