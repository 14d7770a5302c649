import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Both codes of an invitation: whoever shows one of them may ask to come in. */
export interface PairingCodes {
  /** 128 random bits, for the link behind the QR code. */
  readonly link: string;
  /** Eight digits, for typing. */
  readonly digits: string;
}

export function newCodes(): PairingCodes {
  return {
    link: randomBytes(16).toString('base64url'),
    digits: randomInt(100_000_000).toString().padStart(8, '0'),
  };
}

/** Whether a code has so few possibilities that tries have to be few. */
export const isGuessable = (code: string): boolean => /^\d{1,12}$/.test(code);

export const hashCode = (code: string): Buffer => createHash('sha256').update(code).digest();

/** What is kept of the codes, which are shown once. */
export type CodeHashes = readonly [link: Buffer, digits: Buffer];

export const hashCodes = ({ link, digits }: PairingCodes): CodeHashes => [hashCode(link), hashCode(digits)];

/** Compares with both, so that the time does not tell which came close. */
export function opens([link, digits]: CodeHashes, presented: Buffer): boolean {
  const byLink = timingSafeEqual(link, presented);
  const byDigits = timingSafeEqual(digits, presented);
  return byLink || byDigits;
}
