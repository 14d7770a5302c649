import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { PromptCacheOptions, RunnerSettings } from '@impetus/contracts';
import { z } from 'zod';

const formatVersion = 1;

/** What stands beside a state's file: enough to know, before it is loaded, that it is sound and fits. */
const recordSchema = z.strictObject({
  version: z.literal(formatVersion),
  modelIdentity: z.string(),
  /** Digest of the settings that decide what a state looks like and means. */
  settings: z.string(),
  tokens: z.array(z.int().min(0)).min(1),
  bytes: z.int().min(1),
  /** CRC-32 of the state's file. */
  checksum: z.int().min(0),
  /** In milliseconds since 1970, as all times here. */
  createdAt: z.number(),
  usedAt: z.number(),
});

/** What a state was made with. */
export interface Origin {
  readonly modelIdentity: string;
  readonly settings: string;
}

/** A state whose file is complete. */
export interface SealedState {
  readonly tokens: Uint32Array;
  /** Size of the file. */
  readonly bytes: number;
  readonly checksum: number;
  readonly createdAt: number;
  readonly usedAt: number;
}

export function writeRecord(origin: Origin, state: SealedState): string {
  return JSON.stringify({ version: formatVersion, ...origin, ...state, tokens: [...state.tokens] });
}

/** Null where the text is not a whole record, or is one of another model, or was made with other settings. */
export function readRecord(text: string, origin: Origin): SealedState | null {
  const { success, data } = recordSchema.safeParse(parsed(text));
  if (!success || data.modelIdentity !== origin.modelIdentity || data.settings !== origin.settings) {
    return null;
  }
  const { bytes, checksum, createdAt, usedAt } = data;
  return { tokens: Uint32Array.from(data.tokens), bytes, checksum, createdAt, usedAt };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `engine` names the build of llama.cpp and what it computes on. */
export function originOf(options: PromptCacheOptions, settings: RunnerSettings, engine: string): Origin {
  const { kvType, flashAttention } = settings;
  const adapters = settings.adapters.map(({ path, scale }) => ({ path, scale, file: stampOf(path) }));
  const digest = createHash('sha256').update(JSON.stringify({ engine, kvType, flashAttention, adapters }));
  return { modelIdentity: options.modelIdentity, settings: digest.digest('hex') };
}

/** Another file at the same path is another adapter. */
function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}
