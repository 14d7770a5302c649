import { basename } from 'node:path';
import { recognise, type Recognised } from '@impetus/formats';
import {
  assertComplete,
  capabilitiesOf,
  describeGguf,
  fileSource,
  GgufError,
  readGgufHeader,
  type GgufDescription,
} from '@impetus/gguf';
import { noModel, type FileLook, type FileStamp, type HeaderFacts } from './types.ts';

export interface FullLook {
  readonly look: FileLook;
  /** Kept apart: templates are long, and only a look at one model needs them. */
  readonly chatTemplate: string | null;
}

const nothing: HeaderFacts = {
  kind: null,
  architecture: null,
  name: null,
  licence: null,
  parameters: 0,
  quant: null,
  contextLength: null,
  blockCount: null,
  headCountKv: null,
  keyLength: null,
  valueLength: null,
  vocabularySize: null,
  lacksByteTokens: false,
  capabilities: [],
  repo: null,
};

/** Reads a file's header. Never throws for what it holds, nor for a file that cannot be read. */
export async function lookInto({ path }: FileStamp): Promise<FullLook> {
  try {
    await using source = await fileSource(path);
    const found = await recognise(source);
    if (found === null && !isCalledGguf(path)) return { look: noModel, chatTemplate: null };
    if (found !== null && found.format !== 'gguf') return { look: otherLook(found), chatTemplate: null };
    return await lookIntoGguf(source);
  } catch (error) {
    // What is called a model and cannot be read is shown with the reason; other files are none of the library's.
    const look = isCalledGguf(path)
      ? { format: 'gguf' as const, facts: null, fault: explain(error) }
      : noModel;
    return { look, chatTemplate: null };
  }
}

function isCalledGguf(path: string): boolean {
  return basename(path).toLowerCase().endsWith('.gguf');
}

async function lookIntoGguf(source: Parameters<typeof readGgufHeader>[0]): Promise<FullLook> {
  let description: GgufDescription | null = null;
  let fault: string | null = null;
  try {
    const header = await readGgufHeader(source);
    description = describeGguf(header);
    assertComplete(header);
  } catch (error) {
    fault = explain(error);
  }
  const facts = description && factsOf(description);
  return { look: { format: 'gguf', facts, fault }, chatTemplate: description?.chatTemplate ?? null };
}

function factsOf(description: GgufDescription): HeaderFacts {
  return {
    kind: description.kind,
    architecture: description.architecture ?? null,
    name: description.name ?? null,
    licence: description.license ?? null,
    parameters: description.parameterCount,
    quant: description.quant ?? null,
    contextLength: description.contextLength ?? null,
    blockCount: description.blockCount ?? null,
    headCountKv: description.headCountKv ?? null,
    keyLength: description.keyLength ?? null,
    valueLength: description.valueLength ?? null,
    vocabularySize: description.vocabularySize ?? null,
    lacksByteTokens: description.lacksByteTokens,
    capabilities: capabilitiesOf(description),
    repo: description.repo ?? null,
  };
}

function otherLook(found: Exclude<Recognised, { format: 'gguf' }>): FileLook {
  if (found.format !== 'safetensors') return { format: found.format, facts: nothing, fault: null };
  return {
    format: found.madeFor === 'mlx' ? 'mlx' : 'safetensors',
    facts: { ...nothing, parameters: found.elements, quant: found.type },
    fault: found.truncated ? 'The file ends before its last tensor does. Fetch it again.' : null,
  };
}

function explain(error: unknown): string {
  if (error instanceof GgufError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES') return 'The file cannot be read: permission is denied.';
  return `The file cannot be read${code === '' ? '' : ` (${code})`}.`;
}
