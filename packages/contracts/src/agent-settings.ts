import { z } from 'zod';
import { idleUnloadSchema } from './model-settings.ts';

/** An exact origin, as browsers send it: no path, no wildcard. */
const originSchema = z.string().regex(/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#*@A-Z]+$/u, {
  error: 'An origin such as https://chat.example or http://localhost:3000 was expected, without a path.',
});

const gigabyte = 1_000_000_000;

const folderSchema = z
  .string()
  .trim()
  .min(1, 'A folder needs its path.')
  .max(4_096)
  .regex(/^(?:\/|~(?:\/|$))[^\0]*$/u, 'Name the whole path of the folder, beginning with / or ~.');

/** What the owner chose for the agent as a whole. Null: no limit, or chosen for the machine. */
export const agentSettingsSchema = z.object({
  /** Bytes that all loaded models may take together. */
  memoryLimitBytes: z
    .int()
    .min(0.1 * gigabyte)
    .max(16_384 * gigabyte)
    .nullable(),
  /** For models that have no choice of their own. */
  idleUnload: idleUnloadSchema,
  /** Keeps an empty runner ready, so that the next load starts sooner. */
  warmRunner: z.boolean(),
  /** Requests that may wait for one model. */
  queueLength: z.int().min(1).max(10_000),
  /** Requests of one key that may run or wait at once. */
  concurrencyPerKey: z.int().min(1).max(1_000).nullable(),
  requestsPerMinutePerKey: z.int().min(1).max(100_000).nullable(),
  /** Counted from the moment that a runner takes the request, not from its arrival. */
  requestTimeoutSeconds: z.int().min(1).max(86_400).nullable(),
  /** States of idle sequences on the disk. 0 bytes: none. */
  promptCacheMaxBytes: z
    .int()
    .min(0)
    .max(1_000 * gigabyte),
  promptCacheMaxAgeHours: z.int().min(1).max(8_760),
  /** How long records of requests are kept. */
  recordMaxAgeDays: z.int().min(1).max(3_650),
  /** Whether records keep the text of prompts and answers. */
  captureText: z.boolean(),
  captureMaxBytes: z
    .int()
    .min(1_000_000)
    .max(100 * gigabyte),
  captureMaxAgeDays: z.int().min(1).max(365),
  /** How long the audit is kept, and how many entries of it. */
  auditMaxAgeDays: z.int().min(1).max(3_650),
  auditMaxEntries: z.int().min(100).max(10_000_000),
  /** Pages on other origins that may call the model endpoints with a key. */
  corsOrigins: z.array(originSchema).max(50),
  /** Whether programs on this computer may use Ollama's API without a key; other devices never may. */
  ollamaWithoutKey: z.boolean(),
  /** Where models are looked for beside the models folder. */
  modelFolders: z.array(folderSchema).max(32, 'At most 32 folders are watched.'),
  /** Whether models of other programs are used where they lie. Nothing there is ever written. */
  useHuggingFaceCache: z.boolean(),
  useLmStudioModels: z.boolean(),
  useOllamaModels: z.boolean(),
  /** What uploads and downloads leave free on the disk. */
  diskReserveBytes: z
    .int()
    .min(0)
    .max(10_000 * gigabyte),
  /** How long an interrupted upload can be resumed. */
  uploadMaxAgeHours: z.int().min(1).max(8_760),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;

export const defaultAgentSettings: AgentSettings = {
  memoryLimitBytes: null,
  idleUnload: 30,
  warmRunner: true,
  queueLength: 256,
  concurrencyPerKey: null,
  requestsPerMinutePerKey: null,
  requestTimeoutSeconds: null,
  promptCacheMaxBytes: 4 * gigabyte,
  promptCacheMaxAgeHours: 72,
  recordMaxAgeDays: 30,
  captureText: false,
  captureMaxBytes: 0.1 * gigabyte,
  captureMaxAgeDays: 7,
  auditMaxAgeDays: 180,
  auditMaxEntries: 100_000,
  corsOrigins: [],
  ollamaWithoutKey: false,
  modelFolders: [],
  useHuggingFaceCache: true,
  useLmStudioModels: true,
  useOllamaModels: true,
  diskReserveBytes: 2 * gigabyte,
  uploadMaxAgeHours: 48,
};

/** Only what is named changes. */
export const updateAgentSettingsInput = agentSettingsSchema.partial();
export type UpdateAgentSettingsInput = z.infer<typeof updateAgentSettingsInput>;
