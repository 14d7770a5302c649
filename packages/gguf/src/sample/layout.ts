/**
 * How the sample model uses the dimensions of its residual stream. Each of the last four tokens is
 * a code of 32 signs: its own from the embedding, those of the three before it from attention.
 * The feed-forward layer recognises contexts in them and adds the codes of what follows to `next`,
 * which the output layer compares with the code of every word. Multiples of 32 are kept because
 * Q8_0 stores blocks of 32 with one scale: values of one size in a block stay exact.
 */
export const codeLength = 32;
export const nextLength = 128;
export const maxTopics = 15;

export const at = {
  /** The codes of the last tokens, the newest first. */
  tokens: [0, 32, 64, 96],
  next: 128,
  /** The topic of which the token itself is a keyword, as one 1. */
  keyword: 256,
  /** 1 in every token, for thresholds. */
  constant: 271,
  /** The topic of the question, brought by attention. */
  topic: 272,
  /** 1 in tokens that are no keyword, so that all embeddings are equally long. */
  plain: 287,
} as const;

export const embeddingLength = 288;
export const headCount = 4;
export const headLength = 64;
export const ropeBase = 65_536;
export const normEpsilon = 1e-6;

/** The squared length of what an embedding puts into `next`, whichever and however many words. */
export const nextNorm = 9 * nextLength;
const embeddingNorm = codeLength + nextNorm + 2;

/** What RMSNorm divides by: before attention, and after it has added the three older codes. */
export const scaleBefore = Math.sqrt(embeddingNorm / embeddingLength);
export const scaleAfter = Math.sqrt((embeddingNorm + 3 * codeLength) / embeddingLength);

/** Weights of a linear layer, row after row; a row makes one output of all inputs. */
export class Matrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly values: Float32Array;

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.values = new Float32Array(inputs * outputs);
  }

  /** One output's weights, as a view to write into. */
  row(output: number): Float32Array {
    return this.values.subarray(output * this.inputs, (output + 1) * this.inputs);
  }
}
