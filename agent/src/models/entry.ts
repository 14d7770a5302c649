import { basename, dirname } from 'node:path';
import type { ModelCapability, ModelEntry, ModelFormat, ModelKind } from '@impetus/contracts';
import type { ConfigFacts } from '@impetus/formats';
import type { GgufKind } from '@impetus/gguf';
import { familyOf } from './family.ts';
import { calledAfter } from './file-name.ts';
import type { FileLook, HeaderFacts } from './files/types.ts';
import type { FoundModel } from './sources/types.ts';

/** What a file that is no model for a runner is, and what to do with it. */
const unusable: Partial<Record<GgufKind, readonly [problem: string, whatToDo: string]>> = {
  'vocabulary-only': ['It holds a vocabulary and no weights.', 'Get the whole model to run it.'],
  adapter: [
    'It is an adapter (LoRA) for another model, not a model of its own.',
    'Choose it in the settings of the model that it was made for.',
  ],
  projector: [
    'It is the image or audio half of a model, not a model of its own.',
    'Keep it beside its model; runners read text alone.',
  ],
  'importance-matrix': [
    'It holds statistics for quantising a model, not a model.',
    'Nothing needs it to run a model.',
  ],
  'split-part': [
    'It is a later part of a model in several files; its first part is missing.',
    'Put the first part beside it.',
  ],
  other: [
    'It holds weights without a tokenizer, so llama.cpp cannot run it.',
    'Get a whole model in its place.',
  ],
};

const formatNames: Readonly<Record<ModelFormat, string>> = {
  gguf: 'GGUF',
  safetensors: 'SafeTensors',
  mlx: 'MLX',
  coreml: 'Core ML',
  pytorch: 'PyTorch',
  onnx: 'ONNX',
};

const kinds: Partial<Record<GgufKind, ModelKind>> = {
  chat: 'chat',
  completion: 'completion',
  embedding: 'embedding',
  rerank: 'rerank',
};

/** What the disk tells of a model; what is written about it and found out later is added by the catalogue. */
export type ModelFacts = Omit<
  ModelEntry,
  'id' | 'files' | 'sha256' | 'duplicates' | 'aliases' | 'tags' | 'favourite' | 'notes'
>;

/** What was seen in a model's files. */
export interface Seen {
  /** In the order of its files. */
  readonly looks: readonly FileLook[];
  /** The configuration beside its weights, for formats that keep it apart. */
  readonly config: ConfigFacts | null;
}

/** One entry of the library as far as the disk tells it. */
export function toFacts(found: FoundModel, id: string, { looks, config }: Seen): ModelFacts {
  const { source, format, folder, files, missing } = found;
  const first = looks[0]?.facts ?? null;
  const path = found.wholeFolder ?? files[0]?.path ?? '';
  const fileName = calledAfter(path, folder);
  const architecture = first?.architecture ?? config?.architecture ?? null;
  const { problem, whatToDo } = problemOf(found, looks);
  const repo = first?.repo ?? null;
  return {
    name: found.name ?? (source === 'sample' ? (first?.name ?? id) : fileName || id),
    kind: kindOf(first, format),
    format,
    source,
    folder,
    path: files[0]?.path ?? path,
    missing,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    modifiedAt: new Date(Math.max(0, ...files.map(({ modifiedMs }) => modifiedMs))).toISOString(),
    architecture,
    family: familyOf(architecture, [found.name, fileName, first?.name ?? null, basename(dirname(path))]),
    parameters: parametersOf(looks, config),
    quant: quantOf(first, config),
    contextLength: first?.contextLength ?? config?.contextLength ?? null,
    licence: first?.licence ?? found.licence,
    capabilities: capabilitiesOf(first, config),
    origin: found.origin ?? (repo === null ? null : { repo, revision: null }),
    problem,
    whatToDo,
    removable: source === 'folder',
  };
}

function kindOf(facts: HeaderFacts | null, format: ModelFormat): ModelKind {
  if (format !== 'gguf' || facts?.kind == null) return 'other';
  return kinds[facts.kind] ?? 'other';
}

/** MLX packs several weights into one number of 32 bits. */
function parametersOf(looks: readonly FileLook[], config: ConfigFacts | null): number | null {
  const elements = looks.reduce((sum, { facts }) => sum + (facts?.parameters ?? 0), 0);
  const packed = looks[0]?.facts?.quant === 'U32' && config?.mlxBits != null ? 32 / config.mlxBits : 1;
  return Math.round(elements * packed) || null;
}

function quantOf(facts: HeaderFacts | null, config: ConfigFacts | null): string | null {
  if (config?.mlxBits != null) return `${config.mlxBits}-bit`;
  return facts?.quant ?? config?.type ?? null;
}

function capabilitiesOf(facts: HeaderFacts | null, config: ConfigFacts | null): readonly ModelCapability[] {
  const found = facts?.capabilities ?? [];
  return config?.vision === true && !found.includes('vision') ? [...found, 'vision'] : found;
}

type Verdict = Pick<ModelEntry, 'problem' | 'whatToDo'>;

function problemOf({ format, missing, source }: FoundModel, looks: readonly FileLook[]): Verdict {
  if (missing.length > 0) {
    const names = missing.slice(0, 3).join(', ');
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
    const whatToDo =
      source === 'ollama' ? 'Pull it again with Ollama.' : 'Put them beside the others, or fetch it again.';
    return { problem: `Parts of it are missing: ${names}${more}.`, whatToDo };
  }
  const fault = looks.find((look) => look.fault !== null)?.fault ?? null;
  if (fault !== null) return { problem: fault, whatToDo: 'Fetch it again from where it came, or remove it.' };
  if (format !== 'gguf') return otherFormat(format);
  const facts = looks[0]?.facts ?? null;
  if (facts?.kind == null) return { problem: 'Its header cannot be read.', whatToDo: 'Fetch it again.' };
  const [problem, whatToDo] = unusable[facts.kind] ?? [null, null];
  if (problem !== null) return { problem, whatToDo };
  if (!facts.lacksByteTokens) return { problem: null, whatToDo: null };
  return {
    problem:
      'Its vocabulary has no byte tokens, and llama.cpp ends on the first character that it does not know.',
    whatToDo: 'Use another conversion of this model.',
  };
}

function otherFormat(format: ModelFormat): Verdict {
  const problem = `It is a model in the format ${formatNames[format]}, which llama.cpp does not read.`;
  const search = 'Search the Hub for the same model with “GGUF” in its name';
  const convert =
    format === 'safetensors' || format === 'pytorch'
      ? ', or make one with llama.cpp’s convert_hf_to_gguf.py.'
      : '.';
  return { problem, whatToDo: `${search}${convert}` };
}
