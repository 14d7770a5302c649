import { quantLabels } from '../tensor-types.ts';
import type { ArrayElement, Metadata, MetadataValue, ValueType } from '../values.ts';
import { embeddingLength, headCount, headLength, normEpsilon, ropeBase } from './layout.ts';
import { special, type Vocabulary } from './vocabulary.ts';

/** In tokens. Attention tells positions apart up to here. */
const contextLength = 32_768;

/** Turns between <|im_start|> and <|im_end|>, the layout that ChatML made common. llama.cpp adds the begin token. */
const chatTemplate = [
  '{% for message in messages %}',
  "{{ '<|im_start|>' + message['role'] + '\\n' + (message['content'] or '') + '<|im_end|>' + '\\n' }}",
  '{% endfor %}',
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
].join('');

/** The sample's metadata, with llama.cpp's names for the llama architecture. */
export function sampleMetadata(vocabulary: Vocabulary, feedForwardLength: number): Metadata {
  return new Map<string, MetadataValue>([
    ['general.architecture', text('llama')],
    ['general.type', text('model')],
    ['general.name', text('IMPETUS sample')],
    ['general.size_label', text('3.6M')],
    ['general.license', text('mit')],
    [
      'general.description',
      text(
        'A tiny model that comes with IMPETUS so that everything works before a real one is loaded. ' +
          'It only rearranges a few pages of text that were written for it, and knows nothing else.',
      ),
    ],
    ['general.file_type', uint32(fileType('Q8_0'))],
    ['general.quantization_version', uint32(2)],
    ['llama.context_length', uint32(contextLength)],
    ['llama.embedding_length', uint32(embeddingLength)],
    ['llama.block_count', uint32(1)],
    ['llama.feed_forward_length', uint32(feedForwardLength)],
    ['llama.attention.head_count', uint32(headCount)],
    ['llama.attention.head_count_kv', uint32(1)],
    ['llama.attention.key_length', uint32(headLength)],
    ['llama.attention.value_length', uint32(headLength)],
    ['llama.attention.layer_norm_rms_epsilon', float32(normEpsilon)],
    ['llama.rope.dimension_count', uint32(headLength)],
    ['llama.rope.freq_base', float32(ropeBase)],
    ['llama.vocab_size', uint32(vocabulary.texts.length)],
    ['tokenizer.ggml.model', text('llama')],
    ['tokenizer.ggml.pre', text('default')],
    ['tokenizer.ggml.tokens', array('string', vocabulary.texts)],
    ['tokenizer.ggml.scores', array('float32', vocabulary.scores)],
    ['tokenizer.ggml.token_type', array('int32', vocabulary.types)],
    ['tokenizer.ggml.unknown_token_id', uint32(special.unknown)],
    ['tokenizer.ggml.bos_token_id', uint32(special.begin)],
    ['tokenizer.ggml.eos_token_id', uint32(special.turnEnd)],
    ['tokenizer.ggml.add_bos_token', bool(true)],
    ['tokenizer.ggml.add_eos_token', bool(false)],
    // Without it, text comes back exactly as it went in.
    ['tokenizer.ggml.add_space_prefix', bool(false)],
    ['tokenizer.chat_template', text(chatTemplate)],
  ]);
}

function fileType(label: string): number {
  for (const [number, name] of quantLabels) if (name === label) return number;
  throw new RangeError(`There is no quant ${label}.`);
}

function text(value: string): MetadataValue {
  return { type: 'string', value };
}

function bool(value: boolean): MetadataValue {
  return { type: 'bool', value };
}

function uint32(value: number): MetadataValue {
  return { type: 'uint32', value };
}

function float32(value: number): MetadataValue {
  return { type: 'float32', value };
}

function array(elementType: ValueType, values: readonly ArrayElement[]): MetadataValue {
  return { type: 'array', elementType, count: values.length, values };
}
