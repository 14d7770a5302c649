import { z } from 'zod';
import { deviceKindSchema, deviceNameSchema } from './devices.ts';
import type { PrincipalKind } from './identity.ts';
import { idInput } from './identity.ts';
import type { Scope } from './scopes.ts';
import { newPasswordSchema, presentedPasswordSchema } from './users.ts';

export const signInInput = z.object({
  name: z.string().trim().min(1).max(80),
  password: presentedPasswordSchema,
  /** With a one-time password: the one that replaces it. */
  newPassword: newPasswordSchema.optional(),
  /** The device that this browser was before, as it remembers. */
  deviceId: z.string().max(200).optional(),
  deviceName: deviceNameSchema.optional(),
  deviceKind: deviceKindSchema.optional(),
});
export type SignInInput = z.infer<typeof signInInput>;

export const changePasswordInput = z.object({
  current: presentedPasswordSchema,
  next: newPasswordSchema,
});

export const listSessionsInput = z
  .object({
    /** Of another user; needs the scope admin. Otherwise one's own. */
    userId: z.string().max(200).optional(),
  })
  .prefault({});

export const signOutEverywhereInput = z
  .object({
    /** Another user's sessions; needs the scope admin. */
    userId: z.string().max(200).optional(),
    /** Whether the session that asks goes on. */
    keepThis: z.boolean().default(false),
  })
  .prefault({});

export const revokeSessionInput = idInput;

/** Who asks, as the page needs to know it. */
export interface CurrentSession {
  readonly kind: PrincipalKind;
  /** How requests of it are named in records. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Whether it may act for its account as a whole; a device with fewer scopes, or a guest's, acts for itself. */
  readonly wholeAccount: boolean;
  readonly sessionId: string | null;
  /** When the session ends whatever happens. */
  readonly endsAt: string | null;
  readonly user: { readonly id: string; readonly name: string; readonly owner: boolean } | null;
  readonly device: {
    readonly id: string;
    readonly name: string;
    readonly kind: z.infer<typeof deviceKindSchema>;
    readonly expiresAt: string | null;
  } | null;
}

/** A session as it is listed: never its token. Times are ISO 8601. */
export interface SessionInfo {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** When it ends unless it is used before. */
  readonly idleEndsAt: string;
  /** When it ends whatever happens. */
  readonly endsAt: string;
  readonly address: string | null;
  /** What the browser said of itself. */
  readonly userAgent: string | null;
  /** The session that asks. */
  readonly current: boolean;
}
