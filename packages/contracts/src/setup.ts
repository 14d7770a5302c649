import { z } from 'zod';
import { deviceKindSchema, deviceNameSchema } from './devices.ts';
import { newPasswordSchema, userNameSchema } from './users.ts';

/** What anybody may know before they are let in. */
export interface SetupState {
  /** Whether the owner's account is still to be made. */
  readonly needed: boolean;
  /** The Mac's name. */
  readonly name: string;
}

/** As the terminal prints it: letters and digits in groups; case, spaces and dashes do not matter. */
export const setupCodeSchema = z.string().trim().min(1, 'The set-up code is missing.').max(100);

export const finishSetupInput = z.object({
  code: setupCodeSchema,
  name: userNameSchema,
  password: newPasswordSchema,
  /** How this browser is to be called in the list of devices; otherwise what it says of itself. */
  deviceName: deviceNameSchema.optional(),
  deviceKind: deviceKindSchema.optional(),
});
export type FinishSetupInput = z.infer<typeof finishSetupInput>;

/** For `impetus owner create`: whoever can read the command line's credential needs no code. */
export const createOwnerInput = z.object({ name: userNameSchema, password: newPasswordSchema });
export const resetOwnerPasswordInput = z.object({ password: newPasswordSchema });
