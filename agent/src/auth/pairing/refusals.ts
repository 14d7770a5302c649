import { ImpetusError, type ErrorCode } from '@impetus/contracts';
import type { PairingRefusal } from './machine.ts';

const words: Readonly<Record<PairingRefusal, readonly [ErrorCode, string]>> = {
  ended: ['conflict', 'This pairing is over. Begin again with a new code.'],
  used: [
    'conflict',
    'Another device has used this code already. If that was not yours, deny it on the screen that shows the code.',
  ],
  'wrong-ticket': ['forbidden', 'This pairing belongs to another device. Begin again with a new code.'],
  'too-early': ['conflict', 'This pairing is not approved yet.'],
  'commitment-broken': [
    'forbidden',
    'The device changed its mind about its number, so the pairing was ended.',
  ],
  'nobody-asks': ['conflict', 'No device asks to come in with this code yet.'],
  'digits-differ': [
    'conflict',
    'The digits are not those of the device that asks. Compare both screens again, and deny it if they differ.',
  ],
  'already-approved': ['conflict', 'This device was approved already, on another screen.'],
};

export function pairingError(refusal: PairingRefusal): ImpetusError {
  return new ImpetusError(words[refusal][0], words[refusal][1]);
}

/** The same for every code that opens nothing, so that it does not tell whether an invitation is open. */
export function wrongCode(): ImpetusError {
  return new ImpetusError(
    'forbidden',
    'This code is not valid. Codes are good for two minutes and for one device: ask for a new one.',
    { param: 'code' },
  );
}

export function tooManyTries(waitMs: number): ImpetusError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ImpetusError('rate_limited', `Too many codes were wrong. Try again in ${seconds} seconds.`, {
    retryAfterSeconds: seconds,
  });
}
