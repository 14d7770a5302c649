import { z } from 'zod';
import { samplingSchema } from './sampling.ts';

/** How KV entries are kept: fewer bits take less memory and a little quality. */
export const kvTypes = ['f16', 'q8_0', 'q4_0'] as const;
export type KvType = (typeof kvTypes)[number];

/**
 * Guessing tokens ahead and checking them in one step. `prompt-lookup` guesses from the prompt,
 * `draft` asks a smaller model of the same vocabulary.
 */
export const speculations = ['off', 'prompt-lookup', 'draft'] as const;

/** Minutes without a request; 0: as soon as it is idle; `never`: only to make room or by its owner. */
export const idleUnloadSchema = z.union([z.literal('never'), z.number().min(0).max(10_080)], {
  error: 'Choose “never”, or minutes from 0 to 10080 (a week).',
});
export type IdleUnload = z.infer<typeof idleUnloadSchema>;

const aliasSchema = z
  .string()
  .trim()
  .min(1, 'An alias needs a name.')
  .max(120, 'An alias has at most 120 characters.')
  .regex(/^[\w.:/@+-]+\*?$/u, 'An alias has letters, digits and . : / @ + - _ alone, and * at its end.');

/** A LoRA adapter on top of the model. */
const adapterSchema = z.object({
  path: z.string().trim().min(1, 'An adapter needs the path of its GGUF file.'),
  scale: z.number().min(-10).max(10).default(1),
});
export type Adapter = z.infer<typeof adapterSchema>;

/** What the owner chose for one model. Null: chosen for the machine, or the agent's default. */
export const modelSettingsSchema = z.object({
  /** Tokens per sequence. */
  contextSize: z.int().min(128).max(16_777_216).nullable(),
  /** Requests side by side. */
  sequences: z.int().min(1).max(64).nullable(),
  /** Tokens per batch. */
  batchSize: z.int().min(32).max(8_192).nullable(),
  threads: z.int().min(1).max(1_024).nullable(),
  /** Layers on the GPU; null: as many as fit. */
  gpuLayers: z.int().min(0).max(10_000).nullable(),
  /** Null: where the engine finds that it helps. */
  flashAttention: z.boolean().nullable(),
  kvType: z.enum(kvTypes).nullable(),
  /** For requests that say nothing themselves. */
  sampling: samplingSchema,
  idleUnload: idleUnloadSchema.nullable(),
  /** Never evicted to make room. */
  pinned: z.boolean(),
  /** Loaded when the agent starts. */
  preload: z.boolean(),
  /** Other names that requests may use; one that ends with * stands for every name that begins so. */
  aliases: z.array(aliasSchema).max(16, 'A model has at most 16 aliases.'),
  /** Put in front of the system prompt of each chat. */
  systemPrompt: z.string().max(32_768).nullable(),
  /** Jinja, in place of the model's own. */
  chatTemplate: z.string().max(262_144).nullable(),
  speculation: z.enum(speculations),
  /** The id of the model that guesses, with `draft`. */
  draftModel: z.string().min(1).nullable(),
  adapters: z.array(adapterSchema).max(8, 'A model takes at most 8 adapters.'),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;

export const defaultModelSettings: ModelSettings = {
  contextSize: null,
  sequences: null,
  batchSize: null,
  threads: null,
  gpuLayers: null,
  flashAttention: null,
  kvType: null,
  sampling: {},
  idleUnload: null,
  pinned: false,
  preload: false,
  aliases: [],
  systemPrompt: null,
  chatTemplate: null,
  speculation: 'off',
  draftModel: null,
  adapters: [],
};

/** Those that decide how the model is held: a loaded model has to be loaded again to follow them. */
export const settingsThatReload = [
  'contextSize',
  'sequences',
  'batchSize',
  'threads',
  'gpuLayers',
  'flashAttention',
  'kvType',
  'chatTemplate',
  'speculation',
  'draftModel',
  'adapters',
] as const satisfies readonly (keyof ModelSettings)[];

export const updateModelSettingsInput = z.object({
  id: z.string().min(1),
  /** Only these change. */
  settings: modelSettingsSchema.partial(),
});
export type UpdateModelSettingsInput = z.infer<typeof updateModelSettingsInput>;
