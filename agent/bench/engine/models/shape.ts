/** The measures of a model of the llama architecture, with output weights tied to the embedding. */
export interface Shape {
  readonly embedding: number;
  readonly blocks: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly vocabulary: number;
}

export type ModelSize = '15m' | '135m' | '0.5b';

/** As the models that people know at these sizes: stories15M, SmolLM 135M and Qwen 2.5 0.5B. */
export const shapes: Readonly<Record<ModelSize, Shape>> = {
  '15m': { embedding: 288, blocks: 6, feedForward: 768, heads: 6, keyValueHeads: 6, vocabulary: 32_000 },
  '135m': { embedding: 576, blocks: 30, feedForward: 1_536, heads: 9, keyValueHeads: 3, vocabulary: 49_152 },
  '0.5b': {
    embedding: 896,
    blocks: 24,
    feedForward: 4_864,
    heads: 14,
    keyValueHeads: 2,
    vocabulary: 151_936,
  },
};

export const modelSizes = Object.keys(shapes) as readonly ModelSize[];

/** One weight matrix; rows are what is contiguous. */
export interface Weights {
  readonly name: string;
  readonly rowLength: number;
  readonly rows: number;
}

/** Vectors of ones, kept as F32. */
export interface Norm {
  readonly name: string;
  readonly length: number;
}

/** All tensors of a model, in the order of the file. */
export function tensorsOf(shape: Shape): readonly (Weights | Norm)[] {
  const { embedding, blocks, feedForward, heads, keyValueHeads, vocabulary } = shape;
  const keyValue = (embedding / heads) * keyValueHeads;
  const tensors: (Weights | Norm)[] = [
    { name: 'token_embd.weight', rowLength: embedding, rows: vocabulary },
    { name: 'output_norm.weight', length: embedding },
  ];
  for (let block = 0; block < blocks; block += 1) {
    const name = (part: string) => `blk.${block}.${part}.weight`;
    tensors.push(
      { name: name('attn_norm'), length: embedding },
      { name: name('attn_q'), rowLength: embedding, rows: embedding },
      { name: name('attn_k'), rowLength: embedding, rows: keyValue },
      { name: name('attn_v'), rowLength: embedding, rows: keyValue },
      { name: name('attn_output'), rowLength: embedding, rows: embedding },
      { name: name('ffn_norm'), length: embedding },
      { name: name('ffn_gate'), rowLength: embedding, rows: feedForward },
      { name: name('ffn_up'), rowLength: embedding, rows: feedForward },
      { name: name('ffn_down'), rowLength: feedForward, rows: embedding },
    );
  }
  return tensors;
}
