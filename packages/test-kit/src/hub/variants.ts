import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeGguf, type Metadata, type MetadataValue, type TensorContents } from '@impetus/gguf';
import { readPlainModel, type PlainModel } from './gguf-files.ts';
import { samplePath } from '../sample-cache.ts';

/** `fim`: knows tokens for filling in the middle, and a long context; `rerank`: scores documents for a query. */
export type Variant = 'fim' | 'rerank';

/** Writes models of other kinds into a folder, made of the sample's weights: what they say means nothing. */
export async function writeVariants(folder: string, variants: readonly Variant[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sample = await readPlainModel(await samplePath());
  for (const variant of variants) {
    const { metadata, tensors } = makers[variant](sample);
    await writeFile(join(folder, `${variant}.gguf`), Buffer.concat([...encodeGguf({ metadata, tensors })]));
  }
}

interface Contents {
  readonly metadata: Metadata;
  readonly tensors: readonly TensorContents[];
}

const makers: Readonly<Record<Variant, (sample: PlainModel) => Contents>> = { fim, rerank };

/** Byte tokens that no text of the tests needs. */
const marks = { fim_pre: 5, fim_suf: 6, fim_mid: 7 };

function fim(sample: PlainModel): Contents {
  const ids = Object.entries(marks).map(
    ([name, id]) => [`tokenizer.ggml.${name}_token_id`, uint32(id)] as const,
  );
  const metadata = new Map([...sample.header.metadata, ...ids]);
  metadata.set('llama.context_length', uint32(131_072));
  return { metadata, tensors: tensorsOf(sample) };
}

/** Qwen3's architecture with a classifier on top: its first label is how likely “yes” is. */
function rerank(sample: PlainModel): Contents {
  const metadata = new Map<string, MetadataValue>();
  for (const [key, value] of sample.header.metadata) {
    if (key !== 'tokenizer.chat_template') metadata.set(key.replace(/^llama\./u, 'qwen3.'), value);
  }
  metadata.set('general.architecture', { type: 'string', value: 'qwen3' });
  metadata.set('qwen3.pooling_type', uint32(4));
  const labels = ['yes', 'no'];
  metadata.set('qwen3.classifier.output_labels', {
    type: 'array',
    elementType: 'string',
    count: labels.length,
    values: labels,
  });
  metadata.set('tokenizer.chat_template.rerank', {
    type: 'string',
    value: 'Query: {query}\nText: {document}',
  });
  const width = numberOf(metadata, 'qwen3.embedding_length');
  const head = numberOf(metadata, 'qwen3.attention.key_length');
  const ones = (name: string): TensorContents => ({
    name,
    dimensions: [head],
    type: 'F32',
    values: () => new Float32Array(head).fill(1),
  });
  const classifier: TensorContents = {
    name: 'cls.output.weight',
    dimensions: [width, labels.length],
    type: 'F32',
    values: () => Float32Array.from({ length: width * labels.length }, (_, index) => Math.sin(index) / 50),
  };
  return {
    metadata,
    tensors: [
      ...tensorsOf(sample),
      ones('blk.0.attn_q_norm.weight'),
      ones('blk.0.attn_k_norm.weight'),
      classifier,
    ],
  };
}

function tensorsOf(sample: PlainModel): TensorContents[] {
  return sample.header.tensors.map((tensor) => ({
    name: tensor.name,
    dimensions: tensor.dimensions,
    type: tensor.type.name === 'Q8_0' ? 'Q8_0' : 'F32',
    values: () => sample.valuesOf(tensor),
  }));
}

function numberOf(metadata: Metadata, key: string): number {
  const entry = metadata.get(key);
  if (entry !== undefined && 'value' in entry && typeof entry.value === 'number') return entry.value;
  throw new Error(`The sample has no ${key}.`);
}

function uint32(value: number): MetadataValue {
  return { type: 'uint32', value };
}
