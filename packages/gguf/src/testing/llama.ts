import type { GgufHeader } from '../header.ts';
import { decodeQ8 } from '../quantise.ts';

/**
 * The llama architecture in plain arithmetic, to run a written file's own weights in a test: one
 * token at a time, no batches, no tricks. The real engine is checked where it is used.
 */
export class ReferenceLlama {
  readonly #header: GgufHeader;
  readonly #tensors: ReadonlyMap<string, Float32Array>;
  readonly #keys: Float32Array[] = [];
  readonly #values: Float32Array[] = [];

  constructor(file: Buffer, header: GgufHeader) {
    this.#header = header;
    this.#tensors = new Map(header.tensors.map((info) => [info.name, dequantised(file, header, info)]));
  }

  /** Takes the next token of the sequence and returns the logits after it. */
  next(token: number): Float32Array {
    const length = this.#number('embedding_length');
    const stream = this.#tensor('token_embd').slice(token * length, (token + 1) * length);
    addTo(stream, this.#attention(normalised(stream)));
    addTo(stream, this.#feedForward(normalised(stream)));
    return linear(this.#tensor('output'), normalised(stream));
  }

  #attention(input: Float32Array): Float32Array {
    const headLength = this.#number('attention.key_length');
    const heads = this.#number('attention.head_count');
    const position = this.#keys.length;
    this.#keys.push(this.#rotated(linear(this.#tensor('blk.0.attn_k'), input), position));
    this.#values.push(linear(this.#tensor('blk.0.attn_v'), input));
    const queries = linear(this.#tensor('blk.0.attn_q'), input);
    const joined = new Float32Array(heads * headLength);
    for (let head = 0; head < heads; head += 1) {
      const query = this.#rotated(queries.slice(head * headLength, (head + 1) * headLength), position);
      const weights = softmax(this.#keys.map((key) => dot(query, key) / Math.sqrt(headLength)));
      const sum = joined.subarray(head * headLength, (head + 1) * headLength);
      for (const [index, value] of this.#values.entries()) addTo(sum, value, weights[index] ?? 0);
    }
    return linear(this.#tensor('blk.0.attn_output'), joined);
  }

  #feedForward(input: Float32Array): Float32Array {
    const up = linear(this.#tensor('blk.0.ffn_up'), input);
    const hidden = linear(this.#tensor('blk.0.ffn_gate'), input).map(
      (gate, index) => (gate / (1 + Math.exp(-gate))) * (up[index] ?? 0),
    );
    return linear(this.#tensor('blk.0.ffn_down'), hidden);
  }

  /** Rotary positions as the llama architecture has them: neighbouring elements are a pair. */
  #rotated(vector: Float32Array, position: number): Float32Array {
    const base = this.#number('rope.freq_base');
    const turned = new Float32Array(vector.length);
    for (let index = 0; index < vector.length; index += 2) {
      const angle = position * base ** (-index / vector.length);
      const [x = 0, y = 0] = vector.subarray(index, index + 2);
      turned[index] = x * Math.cos(angle) - y * Math.sin(angle);
      turned[index + 1] = x * Math.sin(angle) + y * Math.cos(angle);
    }
    return turned;
  }

  #tensor(name: string): Float32Array {
    const tensor = this.#tensors.get(`${name}.weight`);
    if (!tensor) throw new Error(`The file has no ${name}.`);
    return tensor;
  }

  #number(key: string): number {
    const entry = this.#header.metadata.get(`llama.${key}`);
    if (typeof entry === 'object' && 'value' in entry && typeof entry.value === 'number') return entry.value;
    throw new Error(`The file has no llama.${key}.`);
  }
}

function dequantised(
  file: Buffer,
  { dataOffset }: GgufHeader,
  info: GgufHeader['tensors'][number],
): Float32Array {
  const bytes = file.subarray(dataOffset + info.offset, dataOffset + info.offset + info.byteSize);
  if (info.type.name === 'Q8_0') return decodeQ8(bytes);
  return Float32Array.from({ length: info.elements }, (_, index) => bytes.readFloatLE(index * 4));
}

/** RMSNorm; the sample's norms have weights of one. */
function normalised(vector: Float32Array): Float32Array {
  const scale = Math.sqrt(dot(vector, vector) / vector.length);
  return vector.map((value) => value / scale);
}

function linear(weights: Float32Array, input: Float32Array): Float32Array {
  const outputs = weights.length / input.length;
  const active = [...input.keys()].filter((index) => Math.abs(input[index] ?? 0) > 1e-6);
  return Float32Array.from({ length: outputs }, (_, row) => {
    let sum = 0;
    for (const index of active) sum += (weights[row * input.length + index] ?? 0) * (input[index] ?? 0);
    return sum;
  });
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

function addTo(target: Float32Array, more: Float32Array, factor = 1): void {
  for (let index = 0; index < target.length; index += 1) {
    target[index] = (target[index] ?? 0) + factor * (more[index] ?? 0);
  }
}
