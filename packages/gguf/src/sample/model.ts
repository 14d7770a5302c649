import { type GgufContents, type TensorContents, writeGgufFile } from '../write.ts';
import { attentionWeights } from './attention.ts';
import { buildChain } from './chain.ts';
import { embeddingLength, type Matrix } from './layout.ts';
import { memoryWeights } from './memory.ts';
import { sampleMetadata } from './metadata.ts';
import { topics } from './text.ts';
import { buildVocabulary } from './vocabulary.ts';
import { embeddings, outputs } from './words.ts';

/**
 * Writes the sample model to `path`, some 3.8 MB with the same bytes on every machine. Computing it
 * keeps the thread busy for about half a second. Rejects with the errors of the file system.
 */
export async function writeSampleModel(path: string): Promise<void> {
  await writeGgufFile(path, sampleContents());
}

/** The sample model: a transformer of the llama architecture with one block, whose weights are computed, not trained. */
export function sampleContents(): GgufContents {
  const vocabulary = buildVocabulary(topics);
  const chain = buildChain(topics, vocabulary);
  const attention = attentionWeights();
  const memory = memoryWeights(chain);
  return {
    metadata: sampleMetadata(vocabulary, memory.length),
    tensors: [
      linear('token_embd.weight', embeddings(vocabulary, chain, topics)),
      norm('blk.0.attn_norm.weight'),
      linear('blk.0.attn_q.weight', attention.query),
      linear('blk.0.attn_k.weight', attention.key),
      linear('blk.0.attn_v.weight', attention.value),
      linear('blk.0.attn_output.weight', attention.output),
      norm('blk.0.ffn_norm.weight'),
      linear('blk.0.ffn_gate.weight', memory.gate),
      linear('blk.0.ffn_up.weight', memory.up),
      linear('blk.0.ffn_down.weight', memory.down),
      norm('output_norm.weight'),
      linear('output.weight', outputs(vocabulary, chain)),
    ],
  };
}

function linear(name: string, matrix: Matrix): TensorContents {
  return { name, dimensions: [matrix.inputs, matrix.outputs], type: 'Q8_0', values: () => matrix.values };
}

/** RMSNorm without weights of its own. */
function norm(name: string): TensorContents {
  const values = () => new Float32Array(embeddingLength).fill(1);
  return { name, dimensions: [embeddingLength], type: 'F32', values };
}
