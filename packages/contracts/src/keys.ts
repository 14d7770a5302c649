import { z } from 'zod';
import { futureSchema, idInput, nameSchema, scopesSchema } from './identity.ts';
import type { Scope } from './scopes.ts';

/** What one key may do at most. Null: what the agent's settings say. */
export const keyLimitsSchema = z.object({
  /** Requests that may run or wait at once. */
  concurrency: z.int().min(1).max(1_000).nullable(),
  requestsPerMinute: z.int().min(1).max(100_000).nullable(),
});
export type KeyLimits = z.infer<typeof keyLimitsSchema>;

const keyNameSchema = nameSchema('key');

export const createKeyInput = z.object({
  name: keyNameSchema,
  scopes: scopesSchema('key').prefault(['infer']),
  limits: keyLimitsSchema.partial().optional(),
  /** When it stops being good; null or absent: never. */
  expiresAt: futureSchema.nullable().optional(),
  /** The device that it belongs to and ends with. */
  deviceId: z.string().max(200).optional(),
});
export type CreateKeyInput = z.infer<typeof createKeyInput>;

/** Only what is named changes. */
export const updateKeyInput = idInput.extend({
  name: keyNameSchema.optional(),
  scopes: scopesSchema('key').optional(),
  limits: keyLimitsSchema.partial().optional(),
  expiresAt: futureSchema.nullable().optional(),
});
export type UpdateKeyInput = z.infer<typeof updateKeyInput>;

export const rotateKeyInput = idInput.extend({
  /** How long the old secret goes on working; 0: not at all. At most a week. */
  graceSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(0),
});
export type RotateKeyInput = z.infer<typeof rotateKeyInput>;

/** An API key as it is listed: never its secret. Times are ISO 8601. */
export interface ApiKeyInfo {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly limits: KeyLimits;
  readonly createdAt: string;
  /** Who made it, in words. */
  readonly createdBy: string;
  readonly userId: string | null;
  /** The device that it belongs to and ends with. */
  readonly deviceId: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** Until when the secret before the last rotation is still good. */
  readonly oldSecretUntil: string | null;
  readonly revokedAt: string | null;
}

/** What creating or rotating a key answers: the only time that its secret is seen. */
export interface CreatedKey {
  readonly id: string;
  readonly key: string;
}
