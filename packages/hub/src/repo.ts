import { z } from 'zod';

/** Where the Hub leaves something out or words it in another way, a repo is still listed. */
const text = z.string().nullable().catch(null);
const count = z.number().nonnegative().catch(0);
const amount = z.number().positive().nullable().catch(null);

const cardDataSchema = z
  .object({
    license: z
      .union([z.string(), z.array(z.string()).transform(([first]) => first ?? null)])
      .nullable()
      .catch(null),
    license_link: text,
    language: z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]),
    base_model: z.union([z.string().transform((one) => [one]), z.array(z.string())]).catch([]),
  })
  .nullable()
  .catch(null);

export const repoInfoSchema = z.object({
  id: z.string().min(1),
  sha: text,
  author: text,
  downloads: count,
  likes: count,
  createdAt: text,
  lastModified: text,
  pipeline_tag: text,
  private: z.boolean().catch(false),
  gated: z
    .union([z.literal(false).transform(() => 'none' as const), z.enum(['auto', 'manual'])])
    .catch('none'),
  tags: z.array(z.string()).catch([]),
  cardData: cardDataSchema,
  gguf: z.object({ total: amount, architecture: text, context_length: amount }).nullable().catch(null),
});

/** A repo in the Hub's own words; what it does not say is null or empty. */
export type RepoInfo = z.infer<typeof repoInfoSchema>;

/** What is asked of each repo; the Hub leaves out the rest. */
export const expanded = [
  'sha',
  'author',
  'downloads',
  'likes',
  'createdAt',
  'lastModified',
  'pipeline_tag',
  'private',
  'gated',
  'tags',
  'cardData',
  'gguf',
] as const;
