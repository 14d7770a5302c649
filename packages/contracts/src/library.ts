import { z } from 'zod';
import type { Sampling } from './sampling.ts';
import {
  modelCapabilities,
  modelFormats,
  modelIdInput,
  modelSources,
  type ModelEntry,
  type ModelSource,
} from './models.ts';
import type { RunnerSettings } from './runner.ts';
import type { WireError } from './errors.ts';

const tagSchema = z
  .string()
  .trim()
  .min(1, 'A tag needs a name.')
  .max(40, 'A tag has at most 40 characters.')
  .regex(/^[^\p{Cc},]+$/u, 'A tag has no commas and no line breaks.');

/** What the owner wrote about a model. It stays with the model when its files are renamed or moved. */
export const modelMarksSchema = z.object({
  /** In place of the file's name; null goes back to that. */
  name: z
    .string()
    .trim()
    .min(1, 'A name needs at least one character.')
    .max(120, 'A name has at most 120 characters.')
    .regex(/^[^\p{Cc}]+$/u, 'A name has no line breaks.')
    .nullable(),
  tags: z.array(tagSchema).max(32, 'A model has at most 32 tags.'),
  favourite: z.boolean(),
  notes: z.string().max(20_000, 'Notes have at most 20,000 characters.'),
});
export type ModelMarks = z.infer<typeof modelMarksSchema>;

export const defaultModelMarks: ModelMarks = { name: null, tags: [], favourite: false, notes: '' };

/** Only what is named changes, for one model or for several at once. */
export const markModelsInput = z.object({
  ids: z.array(z.string().min(1)).min(1).max(2_000),
  marks: modelMarksSchema.partial(),
});

export const modelSorts = ['name', 'size', 'modified', 'parameters', 'context', 'family', 'quant'] as const;

/** Which models, in which order, and from where to where. Lists mean any of them; absent means all. */
export const modelQuerySchema = z.object({
  /** Words that all occur in the name, id, family, architecture, quant, tags or origin. */
  search: z.string().max(200).optional(),
  formats: z.array(z.enum(modelFormats)).optional(),
  sources: z.array(z.enum(modelSources)).optional(),
  families: z.array(z.string()).optional(),
  quants: z.array(z.string()).optional(),
  /** All of them. */
  capabilities: z.array(z.enum(modelCapabilities)).optional(),
  /** All of them. */
  tags: z.array(z.string()).optional(),
  favourite: z.boolean().optional(),
  loaded: z.boolean().optional(),
  /** Whether its weights, and a tenth more, fit into what models may take together. */
  fits: z.boolean().optional(),
  usable: z.boolean().optional(),
  minBytes: z.number().min(0).optional(),
  maxBytes: z.number().min(0).optional(),
  sort: z.enum(modelSorts).default('name'),
  descending: z.boolean().default(false),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type ModelQuery = z.infer<typeof modelQuerySchema>;

export interface ModelPage {
  readonly models: readonly ModelEntry[];
  /** How many there are in all pages together. */
  readonly total: number;
}

/** What another program kept with a model: facts, and the defaults taken over from them. */
export interface SourceFacts {
  /** A Go template, kept as what it says; the model's own Jinja is what renders. */
  readonly template: string | null;
  readonly system: string | null;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  /** How much its owner wanted to fit into a conversation there, in tokens. */
  readonly contextSize: number | null;
}

/** All that is known of a model beyond its entry. */
export interface ModelDetail {
  readonly model: ModelEntry;
  readonly chatTemplate: string | null;
  /** The header's keys and values in words; long ones are cut. */
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  readonly sourceFacts: SourceFacts | null;
  /** When it was last asked for; null: never, as far as records go. */
  readonly lastUsedAt: string | null;
  /** What decides how large its KV cache is. */
  readonly kvBytesPerToken: number | null;
  readonly blockCount: number | null;
}

/** One place in which models are looked for. */
export interface ModelFolder {
  readonly path: string;
  readonly source: ModelSource;
  /** The one that uploads and downloads go to. */
  readonly main: boolean;
  /** False: the agent never writes there. */
  readonly writable: boolean;
  readonly present: boolean;
  readonly models: number;
  readonly sizeBytes: number;
  /** Of the disk that holds it; null where it cannot be told. */
  readonly freeBytes: number | null;
  /** Links in it that lead to folders, which are not followed. */
  readonly linkedFolders: readonly string[];
}

/** What the library takes and what could be freed. Sizes in bytes. */
export interface ReclaimReport {
  readonly folders: readonly ModelFolder[];
  readonly totalBytes: number;
  /** Models with the same content; all but the first could go. */
  readonly duplicates: readonly {
    readonly keep: string;
    readonly others: readonly string[];
    readonly bytes: number;
  }[];
  /** Removable models that nobody asked for in this many days. */
  readonly unused: readonly {
    readonly id: string;
    readonly bytes: number;
    readonly lastUsedAt: string | null;
  }[];
  readonly unusedDays: number;
  /** Uploads and downloads that were not finished. */
  readonly partials: readonly { readonly path: string; readonly bytes: number }[];
  /** States of idle sequences. */
  readonly promptCacheBytes: number;
  /** Still being hashed: more duplicates may show. */
  readonly unhashed: number;
}

export const reclaimInput = z.object({ unusedDays: z.int().min(1).max(3_650).default(90) }).optional();

/** What removing models would take away. */
export interface RemovalPlan {
  /** Names this plan; removing asks for it, so that nothing else goes than what was shown. */
  readonly token: string;
  readonly models: readonly {
    readonly id: string;
    readonly name: string;
    /** A link has no size of its own, and what it leads to stays. */
    readonly files: readonly {
      readonly path: string;
      readonly sizeBytes: number;
      readonly isLink: boolean;
    }[];
    readonly loaded: boolean;
    /** Why it cannot be removed, in words for its owner. */
    readonly refusal: string | null;
  }[];
  readonly totalBytes: number;
  /** Where files go: the bin of this system, from which they can be brought back; `gone`: they are deleted. */
  readonly to: 'bin' | 'gone';
}

export const removalPlanInput = z.object({ ids: z.array(z.string().min(1)).min(1).max(500) });

export const removeModelsInput = z.object({
  token: z.string().min(1),
  /** Without it, a loaded model is refused. */
  unload: z.boolean().default(false),
});

export interface RemovalResult {
  readonly removed: readonly string[];
  readonly freedBytes: number;
  /** Why a model that was to go is where it was, a sentence for each. */
  readonly failures: readonly string[];
  /** Brings back everything that went, as long as the bin has it; null where there is none. */
  readonly undo: string | null;
}

export const restoreInput = z.object({ undo: z.string().min(1) });

/** How fast one context size is on this computer. Rates are tokens per second. */
export interface BenchmarkPoint {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly prefillRate: number;
  readonly decodeRate: number;
}

export type BenchmarkState = 'waiting' | 'running' | 'done' | 'stopped' | 'failed';

/** One measurement of a model on this computer. */
export interface ModelBenchmark {
  readonly id: string;
  readonly modelId: string;
  readonly state: BenchmarkState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** 0 to 1. */
  readonly progress: number;
  readonly points: readonly BenchmarkPoint[];
  /** How the model was held; null until it is loaded. */
  readonly settings: Pick<
    RunnerSettings,
    'contextSize' | 'sequences' | 'batchSize' | 'threads' | 'gpuLayers' | 'flashAttention' | 'kvType'
  > | null;
  readonly gpu: string | null;
  readonly quant: string | null;
  readonly engine: string;
  readonly error: WireError | null;
}

export const startBenchmarkInput = modelIdInput.extend({
  /** Prompt lengths in tokens; absent: two that fit the context. */
  promptTokens: z.array(z.int().min(16).max(1_000_000)).min(1).max(4).optional(),
  completionTokens: z.int().min(8).max(1_024).default(64),
});
export type StartBenchmarkInput = z.infer<typeof startBenchmarkInput>;

export const benchmarkIdInput = z.object({ benchmarkId: z.string().min(1) });
