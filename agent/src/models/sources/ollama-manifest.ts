import { modelSettingsSchema, samplingSchema, type Sampling, type SourceFacts } from '@impetus/contracts';
import { z } from 'zod';

/** The blobs of one model, by their SHA-256. */
export interface OllamaManifest {
  readonly model: string;
  readonly template: string | null;
  readonly system: string | null;
  readonly parameters: string | null;
  readonly licence: string | null;
}

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/u);
const manifestSchema = z.looseObject({
  layers: z.array(z.looseObject({ mediaType: z.string(), digest })).max(1_000),
});

/** Reads a manifest; null where the text is none, or it names no model. */
export function readManifest(text: string): OllamaManifest | null {
  const { data } = manifestSchema.safeParse(parse(text));
  const blobOf = (kind: string) => {
    const layer = data?.layers.find(({ mediaType }) => mediaType === `application/vnd.ollama.image.${kind}`);
    return layer?.digest.slice('sha256:'.length) ?? null;
  };
  const model = blobOf('model');
  if (model === null) return null;
  return {
    model,
    template: blobOf('template'),
    system: blobOf('system'),
    parameters: blobOf('params'),
    licence: blobOf('license'),
  };
}

const names: Readonly<Record<string, keyof Sampling>> = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  min_p: 'minP',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  repeat_penalty: 'repeatPenalty',
  seed: 'seed',
};

/** The defaults that a model brings, as far as a runner has them; what is out of range is left out. */
export function readParameters(text: string): Pick<SourceFacts, 'sampling' | 'stop' | 'contextSize'> {
  const parameters = parse(text);
  if (typeof parameters !== 'object' || parameters === null)
    return { sampling: {}, stop: [], contextSize: null };
  const given = parameters as Readonly<Record<string, unknown>>;
  const sampling: Record<string, unknown> = {};
  for (const [theirs, ours] of Object.entries(names)) {
    const result = samplingSchema.shape[ours].safeParse(given[theirs]);
    if (result.success && result.data !== undefined) sampling[ours] = result.data;
  }
  const context = modelSettingsSchema.shape.contextSize.safeParse(given['num_ctx']);
  return { sampling, stop: stopsOf(given['stop']), contextSize: context.data ?? null };
}

function stopsOf(value: unknown): readonly string[] {
  const stops = Array.isArray(value) ? value : [value];
  return stops.filter((stop): stop is string => typeof stop === 'string' && stop !== '').slice(0, 16);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
