/** What people call a line of models, by the architecture and the name that the file has. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/deepseek/iu, 'DeepSeek'],
  [/mixtral|mistral|magistral|devstral|codestral|ministral/iu, 'Mistral'],
  [/qwen|qwq/iu, 'Qwen'],
  [/gemma/iu, 'Gemma'],
  [/\bphi[-_ ]?\d/iu, 'Phi'],
  [/smollm/iu, 'SmolLM'],
  [/granite/iu, 'Granite'],
  [/gpt-?oss/iu, 'gpt-oss'],
  [/nomic/iu, 'Nomic'],
  [/\bbge\b/iu, 'BGE'],
  [/\bglm/iu, 'GLM'],
  [/kimi/iu, 'Kimi'],
  [/hermes/iu, 'Hermes'],
  [/llama/iu, 'Llama'],
  [/tinystories|stories\d/iu, 'TinyStories'],
];

const byArchitecture: readonly (readonly [RegExp, string])[] = [
  [/^qwen/u, 'Qwen'],
  [/^gemma/u, 'Gemma'],
  [/^phi/u, 'Phi'],
  [/^deepseek/u, 'DeepSeek'],
  [/^mistral/u, 'Mistral'],
  [/^granite/u, 'Granite'],
  [/^glm|^chatglm/u, 'GLM'],
  [/^command-?r|^cohere/u, 'Command'],
  [/^gpt-?oss/u, 'gpt-oss'],
  [/^falcon/u, 'Falcon'],
  [/^starcoder/u, 'StarCoder'],
  [/^olmo/u, 'OLMo'],
  [/^mamba|^jamba/u, 'Mamba'],
  [/^(?:nomic|jina|modern)?-?bert/u, 'BERT'],
  [/^llama/u, 'Llama'],
];

/** Many lines share Llama's architecture, so the name is asked first. */
export function familyOf(architecture: string | null, names: readonly (string | null)[]): string | null {
  const named = names.flatMap((name) => byName.find(([pattern]) => pattern.test(name ?? '')) ?? [])[1];
  if (typeof named === 'string') return named;
  if (architecture === null) return null;
  return byArchitecture.find(([pattern]) => pattern.test(architecture))?.[1] ?? architecture;
}
