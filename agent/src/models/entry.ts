import { dirname } from 'node:path';
import type { ModelEntry, ModelKind } from '@impetus/contracts';
import type { GgufDescription, GgufKind } from '@impetus/gguf';
import type { Inspection } from './inspect.ts';
import type { FoundModel } from './scan.ts';

/** What a file that is no model for a runner is, and what to do with it. */
const unusable: Partial<Record<GgufKind, string>> = {
  'vocabulary-only': 'It holds a vocabulary and no weights. Get the whole model to run it.',
  adapter: 'It is an adapter (LoRA) for another model, not a model of its own.',
  projector: 'It is the image or audio half of a model, not a model of its own.',
  'importance-matrix': 'It holds statistics for quantising a model, not a model.',
  'split-part': 'It is a later part of a model in several files; its first part is missing.',
  other: 'It holds weights without a tokenizer, so llama.cpp cannot run it.',
};

const kinds: Partial<Record<GgufKind, ModelKind>> = {
  chat: 'chat',
  completion: 'completion',
  embedding: 'embedding',
};

/** What the disk tells of a model. */
export type ModelFacts = Omit<ModelEntry, 'aliases'>;

/** One entry of the library but for its aliases, from what the disk told. */
export function toFacts(
  { id, files, missing }: FoundModel,
  { description, fault, sizeBytes, modifiedAt }: Inspection,
  source: ModelEntry['source'],
): ModelFacts {
  return {
    id,
    name: source === 'sample' ? (description?.name ?? id) : id,
    kind: (description && kinds[description.kind]) ?? 'other',
    format: 'gguf',
    source,
    folder: dirname(files[0] ?? ''),
    path: files[0] ?? '',
    files: [],
    missing,
    sizeBytes,
    modifiedAt: modifiedAt.toISOString(),
    architecture: description?.architecture ?? null,
    parameters: description?.parameterCount || null,
    quant: description?.quant ?? null,
    contextLength: description?.contextLength ?? null,
    licence: description?.license ?? null,
    family: null,
    capabilities: [],
    origin: null,
    sha256: null,
    duplicates: [],
    problem: problemOf(description, fault, missing),
    whatToDo: null,
    removable: source === 'folder',
    tags: [],
    favourite: false,
    notes: '',
  };
}

function problemOf(
  description: GgufDescription | null,
  fault: string | null,
  missing: readonly string[],
): string | null {
  if (missing.length > 0) {
    const names = missing.slice(0, 3).join(', ');
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
    return `Parts of it are missing: ${names}${more}. Put them beside the others.`;
  }
  if (fault !== null) return fault;
  if (description === null) return 'Its header cannot be read.';
  const kind = unusable[description.kind];
  if (kind !== undefined) return kind;
  if (description.kind === 'rerank') return 'It ranks texts, which this version cannot do yet.';
  if (description.lacksByteTokens) {
    return 'Its vocabulary has no byte tokens, and llama.cpp ends on the first character that it does not know. Use another conversion of this model.';
  }
  return null;
}
