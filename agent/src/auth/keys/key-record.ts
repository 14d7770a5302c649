import { keyLimitsSchema, scopeSchema, type ApiKeyInfo, type KeyLimits } from '@impetus/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Schema } from '../../db/schema.ts';
import { readStoredObject } from '../../db/stored-object.ts';
import type { Principal } from '../types.ts';

export type KeyRow = Selectable<Schema['api_keys']>;

const scopesSchema = z.array(scopeSchema);
const noLimits: KeyLimits = { concurrency: null, requestsPerMinute: null };

/** A key as it is held in memory. */
export interface KeyRecord {
  readonly row: KeyRow;
  readonly info: ApiKeyInfo;
  readonly principal: Principal;
}

export function toRecord(row: KeyRow): KeyRecord {
  const scopes = scopesSchema.parse(JSON.parse(row.scopes));
  return {
    row,
    principal: {
      kind: 'key',
      id: row.id,
      name: row.name,
      scopes,
      userId: row.user_id,
      deviceId: row.device_id,
      sessionId: null,
      grantId: null,
    },
    info: {
      id: row.id,
      name: row.name,
      scopes,
      limits: { ...noLimits, ...readStoredObject(keyLimitsSchema, row.limits).values },
      createdAt: row.created_at,
      createdBy: row.created_by,
      userId: row.user_id,
      deviceId: row.device_id,
      expiresAt: row.expires_at,
      lastUsedAt: row.last_used_at,
      oldSecretUntil: row.old_until,
      revokedAt: row.revoked_at,
    },
  };
}
