import type { GgufHeader } from './header.ts';
import { quantLabels } from './tensor-types.ts';
import type { Metadata, MetadataValue } from './values.ts';

export type GgufKind =
  /** Answers conversations: it brings a chat template. */
  | 'chat'
  /** Continues text, without a chat template of its own. */
  | 'completion'
  | 'embedding'
  | 'rerank'
  /** A tokenizer without weights. */
  | 'vocabulary-only'
  /** A LoRA for another model. */
  | 'adapter'
  /** The image or audio half of a multimodal model. */
  | 'projector'
  /** Statistics for quantising. */
  | 'importance-matrix'
  /** A split after the first: the first one tells what the model is. */
  | 'split-part'
  /** Weights without a tokenizer, for other programs than llama.cpp. */
  | 'other';

/** One file's place among the splits of its model. */
export interface SplitInfo {
  /** From 1. */
  readonly part: number;
  readonly count: number;
  /** Tensors of all parts together, where the file says it. */
  readonly tensorCount: number | undefined;
}

/** What a person wants to know of a model; undefined where the file does not tell. */
export interface GgufDescription {
  readonly kind: GgufKind;
  readonly architecture: string | undefined;
  readonly name: string | undefined;
  readonly basename: string | undefined;
  /** Such as "7B" or "8x7B". */
  readonly sizeLabel: string | undefined;
  readonly description: string | undefined;
  readonly license: string | undefined;
  /** Elements of all tensors in this file. */
  readonly parameterCount: number;
  /** Such as "Q4_K_M". */
  readonly quant: string | undefined;
  /** In tokens, as trained. */
  readonly contextLength: number | undefined;
  readonly embeddingLength: number | undefined;
  readonly blockCount: number | undefined;
  readonly headCount: number | undefined;
  /** Where it differs by block, the largest. */
  readonly headCountKv: number | undefined;
  /** Elements of one head's key. */
  readonly keyLength: number | undefined;
  /** Elements of one head's value. */
  readonly valueLength: number | undefined;
  readonly expertCount: number | undefined;
  readonly vocabularySize: number | undefined;
  /** llama.cpp's name of the tokenizer: "llama" is SentencePiece, "gpt2" is byte-pair encoding. */
  readonly tokenizerModel: string | undefined;
  /**
   * A SentencePiece vocabulary without byte tokens: llama.cpp aborts its whole process on the
   * first character that the vocabulary does not have, so such a model must not be run.
   */
  readonly lacksByteTokens: boolean;
  readonly chatTemplate: string | undefined;
  /** Knows the tokens for filling in code between a prefix and a suffix. */
  readonly fillsInMiddle: boolean;
  /** Where on the Hub the file says that it, or what it was made from, is: “owner/name”. */
  readonly repo: string | undefined;
  readonly split: SplitInfo | undefined;
}

/** Says what the model in a file is, from its header alone. */
export function describeGguf(header: GgufHeader): GgufDescription {
  const { metadata } = header;
  const architecture = text(metadata, 'general.architecture');
  const ofArchitecture = (key: string) => count(metadata, `${architecture}.${key}`);
  const embeddingLength = ofArchitecture('embedding_length');
  const headCount = ofArchitecture('attention.head_count');
  const headLength = embeddingLength && headCount ? embeddingLength / headCount : undefined;
  return {
    kind: kindOf(header, architecture),
    architecture,
    name: text(metadata, 'general.name'),
    basename: text(metadata, 'general.basename'),
    sizeLabel: text(metadata, 'general.size_label'),
    description: text(metadata, 'general.description'),
    license: text(metadata, 'general.license'),
    parameterCount: header.tensors.reduce((sum, tensor) => sum + tensor.elements, 0),
    quant: quantOf(header),
    contextLength: ofArchitecture('context_length'),
    embeddingLength,
    blockCount: ofArchitecture('block_count'),
    headCount,
    headCountKv: ofArchitecture('attention.head_count_kv') ?? headCount,
    keyLength: ofArchitecture('attention.key_length') ?? headLength,
    valueLength: ofArchitecture('attention.value_length') ?? headLength,
    expertCount: ofArchitecture('expert_count'),
    vocabularySize: vocabularySize(metadata) ?? ofArchitecture('vocab_size'),
    tokenizerModel: text(metadata, 'tokenizer.ggml.model'),
    lacksByteTokens: lacksByteTokens(metadata),
    chatTemplate: text(metadata, 'tokenizer.chat_template'),
    fillsInMiddle: ['prefix', 'fim_pre'].some((name) => metadata.has(`tokenizer.ggml.${name}_token_id`)),
    repo: repoOf(metadata),
    split: splitOf(metadata),
  };
}

const encoders = /bert|^t5encoder$|-embed(?:ding)?$/;
const rankPooling = 4; // LLAMA_POOLING_TYPE_RANK
const byteTokenType = 6; // LLAMA_TOKEN_TYPE_BYTE

function kindOf(header: GgufHeader, architecture: string | undefined): GgufKind {
  const { metadata, tensors } = header;
  const type = text(metadata, 'general.type');
  if (type === 'adapter') return 'adapter';
  if (type === 'imatrix') return 'importance-matrix';
  if (type === 'mmproj' || architecture === 'clip') return 'projector';
  const split = splitOf(metadata);
  if (split && split.part > 1) return 'split-part';
  const hasTokenizer = metadata.has('tokenizer.ggml.model');
  // The first split may hold the metadata alone.
  if (tensors.length === 0 && !split) return hasTokenizer ? 'vocabulary-only' : 'other';
  if (!hasTokenizer) return 'other';
  const pooling = count(metadata, `${architecture}.pooling_type`);
  if (pooling === rankPooling || metadata.has(`${architecture}.classifier.output_labels`)) return 'rerank';
  if (pooling || encoders.test(architecture ?? '')) return 'embedding';
  return metadata.has('tokenizer.chat_template') ? 'chat' : 'completion';
}

/** What the file calls itself, else the type that most elements have. */
function quantOf(header: GgufHeader): string | undefined {
  if (header.tensors.length === 0 && !splitOf(header.metadata)) return undefined;
  const fileType = count(header.metadata, 'general.file_type');
  const label = fileType === undefined ? undefined : quantLabels.get(fileType);
  if (label) return label;
  const elements = new Map<string, number>();
  for (const { type, elements: more } of header.tensors) {
    elements.set(type.name, (elements.get(type.name) ?? 0) + more);
  }
  return [...elements].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function vocabularySize(metadata: Metadata): number | undefined {
  const tokens = metadata.get('tokenizer.ggml.tokens');
  return tokens?.type === 'array' ? tokens.count : undefined;
}

function lacksByteTokens(metadata: Metadata): boolean {
  if (text(metadata, 'tokenizer.ggml.model') !== 'llama') return false;
  const types = metadata.get('tokenizer.ggml.token_type');
  if (types?.type !== 'array') return false;
  if (types.values) return !types.values.includes(byteTokenType);
  return types.tally !== undefined && !types.tally.has(byteTokenType);
}

function splitOf(metadata: Metadata): SplitInfo | undefined {
  const index = count(metadata, 'split.no');
  const parts = count(metadata, 'split.count');
  if (index === undefined || parts === undefined || parts < 2) return undefined;
  return { part: index + 1, count: parts, tensorCount: count(metadata, 'split.tensors.count') };
}

/** What files say of where they are from, the nearest first. */
const repoKeys = [
  'general.repo_url',
  'general.source.repo_url',
  'general.source.url',
  'general.source.huggingface.repository',
  'general.base_model.0.repo_url',
];

function repoOf(metadata: Metadata): string | undefined {
  for (const key of repoKeys) {
    const named = /^(?:https:\/\/huggingface\.co\/)?(?<repo>[\w.-]+\/[\w.-]+)\/?$/u.exec(
      text(metadata, key) ?? '',
    );
    if (named) return named.groups?.['repo'];
  }
  return undefined;
}

function text(metadata: Metadata, key: string): string | undefined {
  const entry = metadata.get(key);
  return entry?.type === 'string' ? entry.value : undefined;
}

/** A number that is not negative; of a list with one number for each block, the largest. */
function count(metadata: Metadata, key: string): number | undefined {
  const entry = metadata.get(key);
  const numbers = entry ? numbersOf(entry) : [];
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

function numbersOf(entry: MetadataValue): number[] {
  if (entry.type !== 'array') return 'value' in entry && isCount(entry.value) ? [entry.value] : [];
  return entry.values?.filter(isCount) ?? [...(entry.tally?.keys() ?? [])].filter(isCount);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
