import type { TreeFile } from '@impetus/hub';

/** What a repo without a GGUF holds, and what to do; null where nothing is recognised. */
export function noticeFor(files: readonly TreeFile[]): string | null {
  const has = (pattern: RegExp) => files.some(({ path }) => pattern.test(path));
  const what =
    (has(/\.mlpackage\/|\.mlmodelc?(?:\/|$)/iu) && 'Core ML') ||
    (has(/\.onnx$/iu) && 'ONNX') ||
    (has(/\.safetensors$/iu) && 'SafeTensors') ||
    (has(/(?:pytorch_model.*\.bin|\.pth|\.pt)$/iu) && 'PyTorch') ||
    null;
  if (what === null) return 'This repo has no GGUF file. Search for its name with “GGUF” added.';
  return `This repo holds ${what} weights, which llama.cpp does not read. Search for its name with “GGUF” added: somebody may have converted it.`;
}
