import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeGguf, type Metadata } from '@impetus/gguf';

const sizes = ['1B', '3B', '7B', '13B', '70B'];
const families = ['llama', 'qwen2', 'gemma'];

/** Writes so many small files that look like models to a library; loading one is refused by the engine. */
export async function writeManyModels(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let number = 1; number <= count; number += 1) {
    await writeFile(join(folder, `${nameOf(number)}.gguf`), bytesOf(number));
  }
}

function nameOf(number: number): string {
  return `Model-${String(number).padStart(4, '0')}-${sizes[number % sizes.length]}`;
}

function bytesOf(number: number): Buffer {
  const architecture = families[number % families.length] ?? 'llama';
  const metadata: Metadata = new Map([
    ['general.architecture', { type: 'string', value: architecture }],
    ['general.name', { type: 'string', value: nameOf(number) }],
    ['general.file_type', { type: 'uint32', value: 7 }],
    [`${architecture}.context_length`, { type: 'uint32', value: 8_192 }],
    [`${architecture}.block_count`, { type: 'uint32', value: 1 }],
    [`${architecture}.embedding_length`, { type: 'uint32', value: 32 }],
    ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
    ['tokenizer.chat_template', { type: 'string', value: '{{ messages[0].content }}' }],
  ]);
  const values = Float32Array.from({ length: 32 }, (_, index) => number + index);
  const tensor = { name: 'token_embd.weight', dimensions: [32], type: 'F32', values: () => values } as const;
  return Buffer.concat([...encodeGguf({ metadata, tensors: [tensor] })]);
}
