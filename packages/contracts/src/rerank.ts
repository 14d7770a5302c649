import { z } from 'zod';

/** A text by itself or in an object, as Jina's and Cohere's clients send it. */
const text = z.union([z.string(), z.looseObject({ text: z.string() })]);

export const rerankBody = z.looseObject({
  model: z.string().min(1),
  query: text,
  documents: z.array(text).min(1).max(10_000),
  /** Absent: all of them. */
  top_n: z.int().min(1).nullish(),
  return_documents: z.boolean().nullish(),
});
export type RerankBody = z.infer<typeof rerankBody>;
