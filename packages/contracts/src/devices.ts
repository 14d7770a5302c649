import { z } from 'zod';
import { idInput, nameSchema, scopesSchema } from './identity.ts';
import type { Scope } from './scopes.ts';

export const deviceKinds = ['phone', 'tablet', 'laptop', 'desktop', 'other'] as const;
export const deviceKindSchema = z.enum(deviceKinds);
export type DeviceKind = (typeof deviceKinds)[number];

export const deviceNameSchema = nameSchema('device');

/** A device that was let in. Times are ISO 8601. */
export interface DeviceInfo {
  readonly id: string;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly scopes: readonly Scope[];
  readonly userId: string;
  readonly userName: string;
  readonly createdAt: string;
  /** Who let it in, in words. */
  readonly createdBy: string;
  readonly lastSeenAt: string | null;
  /** Where it was last seen. */
  readonly address: string | null;
  /** When a guest's access ends by itself; null: it stays. */
  readonly expiresAt: string | null;
  /** Whether it has a connection to the agent now. */
  readonly online: boolean;
  /** The sessions that it has now. */
  readonly sessions: number;
  /** The device that asks. */
  readonly current: boolean;
}

/** Only what is named changes. */
export const updateDeviceInput = idInput.extend({
  name: deviceNameSchema.optional(),
  kind: deviceKindSchema.optional(),
  scopes: scopesSchema('device').optional(),
});
export type UpdateDeviceInput = z.infer<typeof updateDeviceInput>;
