import type { ModelCapability, ModelFormat, ModelKind, ModelSource } from '@impetus/contracts/models';

/** What a kind of model is for, in a word. */
export const kindNames: Readonly<Record<ModelKind, string>> = {
  chat: 'Chat',
  completion: 'Completion',
  embedding: 'Embedding',
  rerank: 'Rerank',
  other: 'Other',
};

export const formatNames: Readonly<Record<ModelFormat, string>> = {
  gguf: 'GGUF',
  safetensors: 'SafeTensors',
  mlx: 'MLX',
  coreml: 'Core ML',
  pytorch: 'PyTorch',
  onnx: 'ONNX',
};

/** Whose files they are. */
export const sourceNames: Readonly<Record<ModelSource, string>> = {
  sample: 'Sample',
  folder: 'Own folders',
  huggingface: 'Hugging Face',
  lmstudio: 'LM Studio',
  ollama: 'Ollama',
};

export const capabilityNames: Readonly<Record<ModelCapability, string>> = {
  chat: 'Chat',
  tools: 'Tools',
  reasoning: 'Reasoning',
  embeddings: 'Embeddings',
  rerank: 'Rerank',
  fim: 'Fill in the middle',
  vision: 'Vision (declared)',
};
