import { z } from 'zod';
import { maxPasswordLength, minPasswordLength } from './password-rules.ts';
import { idInput, nameSchema, scopesSchema } from './identity.ts';
import type { Scope } from './scopes.ts';

export * from './password-rules.ts';

/** A password that is being chosen; which ones are too common is the agent's to say. */
export const newPasswordSchema = z
  .string()
  .min(minPasswordLength, `A password has at least ${minPasswordLength} characters.`)
  .max(maxPasswordLength, `A password has at most ${maxPasswordLength} characters.`);

/** A password that is being checked: of any form, so that the rules tell nothing about it. */
export const presentedPasswordSchema = z.string().min(1).max(maxPasswordLength);

export const userNameSchema = nameSchema('user');

/** An account as it is listed. Times are ISO 8601. */
export interface UserInfo {
  readonly id: string;
  readonly name: string;
  /** The first account: it has every scope and cannot be removed. */
  readonly owner: boolean;
  readonly scopes: readonly Scope[];
  /** Its password was given by somebody else and has to be changed at the first sign-in. */
  readonly mustChangePassword: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly lastSignInAt: string | null;
}

export const createUserInput = z.object({
  name: userNameSchema,
  scopes: scopesSchema('user').prefault(['infer']),
});
export type CreateUserInput = z.infer<typeof createUserInput>;

/** Only what is named changes. */
export const updateUserInput = idInput.extend({
  name: userNameSchema.optional(),
  scopes: scopesSchema('user').optional(),
});
export type UpdateUserInput = z.infer<typeof updateUserInput>;

/** What making a user, or resetting a password, answers: the only time that the password is seen. */
export interface OneTimePassword {
  readonly user: UserInfo;
  /** Good for one sign-in, at which a password of the user's own is chosen. */
  readonly password: string;
  readonly expiresAt: string;
}
