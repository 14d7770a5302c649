/** A repo to begin with. Whether it exists, and what it holds, only the Hub can say. */
export interface Starter {
  readonly repo: string;
  /** Of the model at the usual quant, roughly; decides on which machines it is asked for. */
  readonly gigabytes: number;
  readonly message: string;
}

/** From the largest to the smallest. All of them chat, and anyone may fetch them without an account. */
export const starters: readonly Starter[] = [
  {
    repo: 'ggml-org/gpt-oss-120b-GGUF',
    gigabytes: 63,
    message: 'Thinks before it answers; for Macs with very much memory.',
  },
  {
    repo: 'unsloth/Qwen3-30B-A3B-Instruct-2507-GGUF',
    gigabytes: 18.6,
    message: 'Large, and fast for its size: only a part of it works on each word.',
  },
  {
    repo: 'ggml-org/gpt-oss-20b-GGUF',
    gigabytes: 12.1,
    message: 'Thinks before it answers, calls tools, and is fast for its size.',
  },
  {
    repo: 'unsloth/Qwen3-14B-GGUF',
    gigabytes: 9,
    message: 'Good at most things, with room left on a Mac with 24 GB.',
  },
  { repo: 'Qwen/Qwen3-8B-GGUF', gigabytes: 5, message: 'A good all-rounder for a Mac with 16 GB.' },
  {
    repo: 'Qwen/Qwen3-4B-GGUF',
    gigabytes: 2.5,
    message: 'Small and quick, and good enough for everyday questions.',
  },
  { repo: 'Qwen/Qwen3-1.7B-GGUF', gigabytes: 1.8, message: 'Very small; quick on any Mac.' },
  { repo: 'ggml-org/Qwen3-0.6B-GGUF', gigabytes: 0.6, message: 'Tiny; for a first try.' },
];

/** Those to ask the Hub for on a machine with so much memory for models: the largest that fit well first. */
export function startersFor(limitBytes: number): readonly Starter[] {
  return starters.filter(({ gigabytes }) => gigabytes * 1e9 * 1.3 + 1e9 <= limitBytes || gigabytes < 1);
}
