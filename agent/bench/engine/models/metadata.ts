import type { ArrayElement, Metadata, MetadataValue, ValueType } from '@impetus/gguf';
import type { Shape } from './shape.ts';
import { special, type Vocabulary } from './vocabulary.ts';

/** In tokens; more than any measurement needs. */
const contextLength = 32_768;
/** llama.cpp's number for files of Q8_0. */
const mostlyQ8 = 7;

const chatTemplate = [
  '{% for message in messages %}',
  "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}",
  '{% endfor %}',
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
].join('');

export function metadataOf(name: string, shape: Shape, vocabulary: Vocabulary): Metadata {
  return new Map<string, MetadataValue>([
    ['general.architecture', text('llama')],
    ['general.type', text('model')],
    ['general.name', text(name)],
    ['general.file_type', uint32(mostlyQ8)],
    ['general.quantization_version', uint32(2)],
    ['llama.context_length', uint32(contextLength)],
    ['llama.embedding_length', uint32(shape.embedding)],
    ['llama.block_count', uint32(shape.blocks)],
    ['llama.feed_forward_length', uint32(shape.feedForward)],
    ['llama.attention.head_count', uint32(shape.heads)],
    ['llama.attention.head_count_kv', uint32(shape.keyValueHeads)],
    ['llama.attention.layer_norm_rms_epsilon', { type: 'float32', value: 1e-5 }],
    ['llama.rope.dimension_count', uint32(shape.embedding / shape.heads)],
    ['llama.rope.freq_base', { type: 'float32', value: 10_000 }],
    ['llama.vocab_size', uint32(shape.vocabulary)],
    ['tokenizer.ggml.model', text('llama')],
    ['tokenizer.ggml.pre', text('default')],
    ['tokenizer.ggml.tokens', array('string', vocabulary.texts)],
    ['tokenizer.ggml.scores', array('float32', vocabulary.scores)],
    ['tokenizer.ggml.token_type', array('int32', vocabulary.types)],
    ['tokenizer.ggml.unknown_token_id', uint32(special.unknown)],
    ['tokenizer.ggml.bos_token_id', uint32(special.begin)],
    ['tokenizer.ggml.eos_token_id', uint32(special.turnEnd)],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
    ['tokenizer.ggml.add_eos_token', { type: 'bool', value: false }],
    ['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }],
    ['tokenizer.chat_template', text(chatTemplate)],
  ]);
}

function text(value: string): MetadataValue {
  return { type: 'string', value };
}

function uint32(value: number): MetadataValue {
  return { type: 'uint32', value };
}

function array(elementType: ValueType, values: readonly ArrayElement[]): MetadataValue {
  return { type: 'array', elementType, count: values.length, values };
}
