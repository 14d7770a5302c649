import { z } from 'zod';

/**
 * How the next token is chosen. Ranges are those of the OpenAI API, and llama.cpp's for what that API lacks.
 * Absent means: the model's own default.
 */
export const samplingSchema = z.object({
  /** 0 is greedy. */
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  /** 0 switches it off. */
  topK: z.number().int().min(0).max(1_000_000).optional(),
  minP: z.number().min(0).max(1).optional(),
  frequencyPenalty: z.number().min(-2).max(2).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
  repeatPenalty: z.number().min(0).max(10).optional(),
  /** How many tokens back the penalties look; 0 switches them off. */
  repeatLastN: z.number().int().min(0).max(4_096).optional(),
  /** Leaves out the likeliest tokens, with this chance at each token. */
  xtcProbability: z.number().min(0).max(1).optional(),
  xtcThreshold: z.number().min(0).max(1).optional(),
  /** Makes repeating what was written ever less likely the longer it goes; 0 switches it off. */
  dryMultiplier: z.number().min(0).max(10).optional(),
  dryBase: z.number().min(1).max(10).optional(),
  dryAllowedLength: z.number().int().min(0).max(4_096).optional(),
  /** The same seed, prompt and settings give the same text. */
  seed: z.number().int().optional(),
});
export type Sampling = z.infer<typeof samplingSchema>;
