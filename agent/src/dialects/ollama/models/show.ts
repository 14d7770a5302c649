import type { ModelCapability, ModelEntry, Sampling, SourceFacts } from '@impetus/contracts';
import type { ArrayElement, Metadata, MetadataValue } from '@impetus/gguf';
import { samplingOptions } from '../answers/options.ts';
import { toDetails } from './model-object.ts';

export interface Showing {
  readonly entry: ModelEntry;
  readonly facts: SourceFacts | null;
  /** What holds for requests that say nothing. */
  readonly settings: {
    readonly sampling: Sampling;
    readonly systemPrompt: string | null;
    readonly stop: readonly string[];
  };
  readonly chatTemplate: string | null;
  readonly metadata: Metadata;
  /** Null while the model is not in memory. */
  readonly loadedContext: number | null;
}

/** All that `/api/show` tells of a model. */
export function toShown(showing: Showing) {
  const { entry, settings, metadata } = showing;
  const parameters = parameterLines(showing);
  const template = templateText(showing);
  return {
    ...(entry.licence !== null && { license: entry.licence }),
    modelfile: modelfile(entry, parameters, settings.systemPrompt),
    parameters: parameters.join('\n'),
    template,
    ...(settings.systemPrompt !== null && { system: settings.systemPrompt }),
    details: toDetails(entry),
    model_info: modelInfo(entry, metadata),
    capabilities: entry.capabilities.flatMap((capability) => capabilityNames[capability] ?? []),
    modified_at: entry.modifiedAt,
  };
}

/** Vision is left out: runners read text alone. */
const capabilityNames: Partial<Record<ModelCapability, string>> = {
  chat: 'completion',
  tools: 'tools',
  reasoning: 'thinking',
  fim: 'insert',
  embeddings: 'embedding',
};

/** Clients read the context that is loaded from `num_ctx`, as a Modelfile has it. */
function parameterLines({ settings: { sampling, stop }, loadedContext }: Showing): readonly string[] {
  const pairs: readonly (readonly [string, unknown])[] = [
    ...(loadedContext === null ? [] : [['num_ctx', loadedContext] as const]),
    ...Object.entries(samplingOptions(sampling)),
    ...stop.map((text) => ['stop', text] as const),
  ];
  return pairs.map(
    ([name, value]) =>
      `${name.padEnd(30)} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`,
  );
}

/** The model's own Jinja, or the Go template that Ollama kept with it. */
function templateText({ entry, facts, chatTemplate }: Showing): string {
  const text = facts?.template ?? chatTemplate ?? '{{ .Prompt }}';
  if (!entry.capabilities.includes('fim') || text.includes('.Suffix')) return text;
  // Clients switch completion of code on where the template has a place for what comes after the gap.
  return `{{- /* fills the gap between .Prompt and .Suffix */ -}}${text}`;
}

function modelfile(entry: ModelEntry, parameters: readonly string[], system: string | null): string {
  return [
    `FROM ${entry.id}`,
    ...parameters.map((line) => `PARAMETER ${line.replace(/ +/u, ' ')}`),
    ...(system === null ? [] : [`SYSTEM """${system}"""`]),
  ].join('\n');
}

/** The header's keys; long arrays are null, and the template has its own field. */
function modelInfo(entry: ModelEntry, metadata: Metadata): Readonly<Record<string, unknown>> {
  const told = [...metadata].filter(([key]) => key !== 'tokenizer.chat_template');
  return {
    'general.architecture': entry.architecture,
    'general.basename': entry.name,
    ...(entry.parameters !== null && { 'general.parameter_count': entry.parameters }),
    ...Object.fromEntries(told.map(([key, value]) => [key, plain(value)])),
  };
}

function plain(value: MetadataValue): unknown {
  if (value.type !== 'array') return toJson(value.value);
  return value.values?.map(toJson) ?? null;
}

function toJson(value: ArrayElement): unknown {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' ? plain(value) : value;
}
