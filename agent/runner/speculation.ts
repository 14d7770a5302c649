import {
  DraftSequenceTokenPredictor,
  InputLookupTokenPredictor,
  type LlamaContext,
  type LlamaModel,
} from 'node-llama-cpp';
import { ImpetusError } from '@impetus/contracts';
import type { Engine } from './engine.ts';

type SequenceOptions = NonNullable<Parameters<LlamaContext['getSequence']>[0]>;

/** llama.cpp lets vocabularies differ by as many tokens at their ends; the first ones are the control tokens. */
const largestVocabularyDifference = 128;
const firstComparedToken = 5;

/**
 * How the sequence with this id is to be made: with a guesser of its own where the settings ask for guessing ahead.
 * The ids of a context rise from 0, in the order in which its sequences are made.
 */
export function sequenceOptions({ settings, draft }: Engine, id: number): SequenceOptions {
  switch (settings.speculation.kind) {
    case 'off':
      return {};
    case 'prompt-lookup':
      return { tokenPredictor: new InputLookupTokenPredictor() };
    case 'draft':
      return draft === null
        ? {}
        : { tokenPredictor: new DraftSequenceTokenPredictor(draftSequence(draft, id)) };
  }
}

function draftSequence(draft: LlamaContext, id: number) {
  if (id < draft.totalSequences) return draft.getSequence();
  throw new Error(`There is no sequence ${id} to guess with.`);
}

/** Throws where the tokens of one model mean something else to the other. */
export function checkVocabularies(model: LlamaModel, draft: LlamaModel): void {
  const own = model.fileInfo.metadata.tokenizer.ggml.tokens;
  const other = draft.fileInfo.metadata.tokenizer.ggml.tokens;
  const shared = Math.min(own.length, other.length);
  const alikeAtFirstSight =
    model.vocabularyType === draft.vocabularyType &&
    model.tokens.bos === draft.tokens.bos &&
    model.tokens.eos === draft.tokens.eos &&
    Math.abs(own.length - other.length) <= largestVocabularyDifference;
  const alike =
    alikeAtFirstSight &&
    own.slice(firstComparedToken, shared).every((text, index) => text === other[firstComparedToken + index]);
  if (alike) return;
  throw new ImpetusError(
    'model_load_failed',
    `${draft.filename ?? 'The draft model'} cannot guess for ${model.filename ?? 'this model'}: their vocabularies differ. Choose a smaller model of the same family as the draft model, or switch speculative decoding off.`,
  );
}
