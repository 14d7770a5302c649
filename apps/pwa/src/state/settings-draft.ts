import type { ModelSettings } from '@impetus/contracts/model-settings';
import type { Sampling } from '@impetus/contracts/sampling';

/** The fields that are numbers; an empty one is null: chosen for the machine. */
export const numberFields = ['contextSize', 'sequences', 'batchSize', 'threads', 'gpuLayers'] as const;
export type NumberField = (typeof numberFields)[number];

export const samplingFields = [
  'temperature',
  'topP',
  'topK',
  'minP',
  'frequencyPenalty',
  'presencePenalty',
  'repeatPenalty',
  'seed',
] as const satisfies readonly (keyof Sampling)[];
export type SamplingField = (typeof samplingFields)[number];

export type IdleChoice = 'default' | 'at-once' | 'minutes' | 'never';

/** A model's settings as they stand in the fields: texts as they are typed, valid or not. */
export interface SettingsDraft extends Readonly<Record<NumberField, string>> {
  readonly aliases: string;
  readonly flashAttention: 'default' | 'on' | 'off';
  readonly kvType: 'default' | NonNullable<ModelSettings['kvType']>;
  readonly idle: IdleChoice;
  readonly idleMinutes: string;
  readonly pinned: boolean;
  readonly preload: boolean;
  readonly sampling: Readonly<Record<SamplingField, string>>;
  readonly systemPrompt: string;
  readonly chatTemplate: string;
  readonly speculation: ModelSettings['speculation'];
  readonly draftModel: string | null;
  readonly adapters: readonly AdapterDraft[];
}

export interface AdapterDraft {
  readonly path: string;
  readonly scale: string;
}

/** Stored settings as texts for the fields. */
export function toDraft(settings: ModelSettings): SettingsDraft {
  const { sampling, idleUnload, flashAttention } = settings;
  return {
    aliases: settings.aliases.join(', '),
    contextSize: asText(settings.contextSize),
    sequences: asText(settings.sequences),
    batchSize: asText(settings.batchSize),
    threads: asText(settings.threads),
    gpuLayers: asText(settings.gpuLayers),
    flashAttention: flashAttention === null ? 'default' : flashAttention ? 'on' : 'off',
    kvType: settings.kvType ?? 'default',
    idle: idleChoice(idleUnload),
    idleMinutes: typeof idleUnload === 'number' && idleUnload > 0 ? String(idleUnload) : '',
    pinned: settings.pinned,
    preload: settings.preload,
    sampling: Object.fromEntries(
      samplingFields.map((name) => [name, asText(sampling[name])]),
    ) as SettingsDraft['sampling'],
    systemPrompt: settings.systemPrompt ?? '',
    chatTemplate: settings.chatTemplate ?? '',
    speculation: settings.speculation,
    draftModel: settings.draftModel,
    adapters: settings.adapters.map(({ path, scale }) => ({ path, scale: String(scale) })),
  };
}

function asText(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function idleChoice(idleUnload: ModelSettings['idleUnload']): IdleChoice {
  if (idleUnload === null) return 'default';
  if (idleUnload === 'never') return 'never';
  return idleUnload === 0 ? 'at-once' : 'minutes';
}

/** Whether two drafts say the same. */
export function sameDraft(a: SettingsDraft, b: SettingsDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const smallestStep = 512;
const usualLargest = 131_072;

/** The places of the slider for the context size: doubling, up to what the model was trained for. */
export function contextSteps(trained: number | null): readonly number[] {
  const largest = trained ?? usualLargest;
  const steps: number[] = [];
  for (let size = Math.min(smallestStep, largest); size < largest; size *= 2) steps.push(size);
  return [...steps, largest];
}

/** The place of a slider that is nearest to a value. */
export function nearestStep(steps: readonly number[], value: number): number {
  const distances = steps.map((step) => Math.abs(step - value));
  return distances.indexOf(Math.min(...distances));
}
