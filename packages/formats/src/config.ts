/** What the `config.json` beside a model's weights tells. Null where it does not. */
export interface ConfigFacts {
  readonly architecture: string | null;
  readonly contextLength: number | null;
  /** MLX keeps how it packed the weights here: “4-bit”. */
  readonly mlxBits: number | null;
  /** Such as “BF16”. */
  readonly type: string | null;
  readonly vision: boolean;
}

const typeNames: Readonly<Record<string, string>> = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' };

/** Reads a config as transformers and mlx-lm write it; null where the text is none. */
export function readConfig(text: string): ConfigFacts | null {
  const config = parse(text);
  if (config === null) return null;
  const inner = isObject(config['text_config']) ? { ...config, ...config['text_config'] } : config;
  const type = textOf(inner['torch_dtype']) ?? textOf(inner['dtype']);
  const quantization = config['quantization'];
  return {
    architecture: textOf(config['model_type']) ?? firstOf(config['architectures']),
    contextLength: countOf(inner['max_position_embeddings']) ?? countOf(inner['n_positions']),
    mlxBits: isObject(quantization) ? countOf(quantization['bits']) : null,
    type: type === null ? null : (typeNames[type] ?? type),
    vision: isObject(config['vision_config']),
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 80) : null;
}

function firstOf(value: unknown): string | null {
  return Array.isArray(value) ? textOf(value[0]) : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
