import { z } from 'zod';
import type { MemoryBudget, MemoryEstimate } from './memory.ts';

/** `owner/name`, as the Hub writes it. Older repos have no owner. */
export const repoSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,95}(\/[A-Za-z0-9][\w.-]{0,95})?$/u, {
    error: 'A repo is written owner/name, such as ggml-org/gemma-3-1b-it-GGUF.',
  })
  .refine((repo) => !repo.includes('..') && !repo.includes('--') && !repo.endsWith('.git'), {
    error: 'This is not a name that the Hub gives to a repo.',
  });

/** A branch, a tag or a commit. */
export const revisionSchema = z.string().regex(/^[\w][\w./-]{0,199}$/u, {
  error: 'A revision is a branch, a tag or a commit.',
});

/** Names repo and revision; absent: the newest of the main branch. */
export const repoInput = z.object({ repo: repoSchema, revision: revisionSchema.optional() });
export type RepoInput = z.infer<typeof repoInput>;

export const hubSorts = ['trending', 'downloads', 'likes', 'updated', 'created'] as const;
export type HubSort = (typeof hubSorts)[number];

export const hubSearchInput = z.object({
  query: z.string().trim().max(200).default(''),
  sort: z.enum(hubSorts).default('trending'),
  /** Repos with GGUF files alone. */
  gguf: z.boolean().default(true),
  /** The Hub's word for what a model does, such as `text-generation`. */
  task: z.string().max(60).optional(),
  author: z.string().max(96).optional(),
  /** The Hub's word for a licence, such as `apache-2.0`. */
  licence: z.string().max(60).optional(),
  /** Those alone of which some usual quant is likely to fit this machine, by their number of parameters. */
  fits: z.boolean().default(false),
  /** The `next` of the page before. */
  cursor: z.string().max(2000).optional(),
  limit: z.int().min(1).max(50).default(20),
});
export type HubSearchInput = z.input<typeof hubSearchInput>;
export type HubSearch = z.output<typeof hubSearchInput>;

/** `auto`: given at once to whoever agrees to its terms; `manual`: its author decides. */
export type HubGate = 'none' | 'auto' | 'manual';

/** A repo as a search lists it. Null where the Hub says nothing. */
export interface HubRepo {
  readonly repo: string;
  /** Null for the Hub's oldest repos, which have no owner. */
  readonly author: string | null;
  readonly name: string;
  readonly downloads: number;
  readonly likes: number;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly task: string | null;
  readonly licence: string | null;
  readonly gate: HubGate;
  readonly private: boolean;
  readonly gguf: boolean;
  readonly architecture: string | null;
  readonly parameters: number | null;
  readonly contextLength: number | null;
  /** Whether some usual quant of it is likely to fit, by its number of parameters; null where that is unknown. */
  readonly fits: boolean | null;
}

export interface HubPage {
  readonly repos: readonly HubRepo[];
  /** Names the next page; null at the end. A page may be short, or empty, and still have a next one. */
  readonly next: string | null;
}

export interface HubFile {
  /** In the repo, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** What the Hub says it is; null for small files, which it does not keep by their content. */
  readonly sha256: string | null;
}

/** The files that make one model: one GGUF, or all parts of a split. */
export interface HubQuant {
  /** Names it within the repo; what `pull owner/name:quant` and downloads take. */
  readonly key: string;
  /** Such as `Q4_K_M`; null where the name tells none. */
  readonly quant: string | null;
  readonly name: string;
  readonly files: readonly HubFile[];
  readonly sizeBytes: number;
  /** Names of parts that the repo lacks; with one missing it cannot be used. */
  readonly missing: readonly string[];
  /** The model in the library that has the same content, whatever brought it there. */
  readonly modelId: string | null;
  /** The download that has it under way. */
  readonly downloadId: string | null;
  /** What this machine is best served with. At most one in a repo. */
  readonly recommended: boolean;
  /** Why, in one sentence; null where it is not. */
  readonly reason: string | null;
}

/** `needs-token`: nobody is told who asks; `needs-access`: the account has to agree to terms or be let in first. */
export type HubAccess = 'open' | 'needs-token' | 'needs-access';

export interface HubRepoDetail extends HubRepo {
  /** The commit that everything here is from. */
  readonly revision: string;
  readonly access: HubAccess;
  /** Where a person agrees to terms. */
  readonly url: string;
  readonly quants: readonly HubQuant[];
  /** What else it holds, GGUF files that are no models of their own included. */
  readonly otherFiles: readonly HubFile[];
  /** What its files are, where none is a GGUF, with what to do; null otherwise. */
  readonly notice: string | null;
}

export interface HubCard {
  /** Markdown as its author wrote it, without the metadata at its head. Not to be trusted. Empty where there is none. */
  readonly text: string;
  /** Relative links and pictures are relative to this. */
  readonly baseUrl: string;
  readonly licence: string | null;
  readonly licenceUrl: string | null;
  readonly languages: readonly string[];
  readonly baseModels: readonly string[];
  readonly tags: readonly string[];
}

export const hubFitInput = repoInput.extend({
  key: z.string().min(1).max(500),
  contextSize: z.int().min(128).max(16_777_216).optional(),
});
export type HubFitInput = z.infer<typeof hubFitInput>;

/** What a model on the Hub would take here, read from its header by the rules that hold for a local one. */
export interface HubFit {
  readonly key: string;
  /** `evicts`: it fits once others are unloaded. */
  readonly verdict: 'fits' | 'evicts' | 'does-not-fit';
  readonly contextSize: number;
  readonly sequences: number;
  readonly estimate: MemoryEstimate;
  readonly budget: MemoryBudget;
  /** The largest context that would fit, where this one does not; null where none does. */
  readonly fittingContextSize: number | null;
  /** What the model was trained for. */
  readonly contextLength: number | null;
  readonly architecture: string | null;
  readonly parameters: number | null;
  readonly quant: string | null;
  /** One sentence for its owner. */
  readonly message: string;
}

/** A model to begin with. */
export interface HubRecommendation {
  readonly repo: string;
  readonly revision: string;
  readonly key: string;
  readonly name: string;
  readonly quant: string | null;
  readonly sizeBytes: number;
  readonly licence: string | null;
  /** One sentence on why this one. */
  readonly message: string;
}

export const hubTokenInput = z.object({
  token: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{8,1000}$/u, { error: 'Paste the token as the Hub shows it, such as hf_….' }),
});

/** What is known of the token; the token itself never leaves the agent. */
export interface HubAccount {
  /** `environment`: from HF_TOKEN or the config file, which only a restart changes. */
  readonly source: 'none' | 'stored' | 'environment';
  /** The Hub that it is sent to, and no other. */
  readonly endpoint: string;
}

export interface HubIdentity {
  readonly name: string;
  readonly fullName: string | null;
  /** The name that the token was given. */
  readonly tokenName: string | null;
}
