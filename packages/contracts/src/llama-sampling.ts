import { z } from 'zod';

/** How llama.cpp's server and Ollama's both name what shapes an answer, with the same bounds. */
export const llamaSampling = {
  temperature: z.number().min(0).max(2).nullish(),
  top_k: z.int().min(0).max(1_000_000).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  repeat_penalty: z.number().min(0).max(10).nullish(),
  repeat_last_n: z.int().min(-1).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(64)]).nullish(),
} as const;
