import type { Attack } from './attack.ts';
import { bodies } from './bodies.ts';
import { cookies } from './cookies.ts';
import { hosts } from './hosts.ts';
import { keys } from './keys.ts';
import { lan } from './lan.ts';
import { lentDevice } from './lent-device.ts';
import { origins } from './origins.ts';
import { guessedPairing, pairing } from './pairing.ts';
import { passkeys } from './passkeys.ts';
import { passwords } from './passwords.ts';
import { scopes } from './scopes.ts';
import { setup } from './setup.ts';
import { theft } from './theft.ts';
import { guessedCodes, tokens } from './tokens.ts';

/** Every attack, in the order in which they run: those that make an address wait come last. */
export const attacks: readonly Attack[] = [
  ...hosts,
  ...origins,
  ...cookies,
  ...keys,
  ...scopes,
  ...lentDevice,
  ...bodies,
  ...lan,
  ...theft,
  ...pairing,
  ...tokens,
  ...passkeys,
  ...setup,
  ...guessedPairing,
  ...guessedCodes,
  ...passwords,
];
