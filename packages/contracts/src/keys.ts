import { z } from 'zod';
import { scopeSchema } from './scopes.ts';

export const createKeyInput = z.object({
  name: z.string().trim().min(1, 'A key needs a name.').max(80, 'A name has at most 80 characters.'),
  scopes: z.array(scopeSchema).min(1, 'A key needs at least one scope.').default(['infer']),
});
export type CreateKeyInput = z.infer<typeof createKeyInput>;

/** An API key as it is listed: never its secret. Times are ISO 8601. */
export interface ApiKeyInfo {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly z.infer<typeof scopeSchema>[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** What creating a key answers: the only time that its secret is seen. */
export interface CreatedKey {
  readonly id: string;
  readonly key: string;
}
