import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Without the letters and digits that are easily mistaken for one another. */
const idAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const idLength = 10;
const secretBytes = 32;

const keyPattern = new RegExp(`^imp_([${idAlphabet}]{${idLength}})_([0-9a-f]{${secretBytes * 2}})$`);

/** The two parts of an API key: the id may be shown and logged, the secret never. */
export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

export function newKeyParts(): KeyParts {
  const id = Array.from({ length: idLength }, () => idAlphabet[randomInt(idAlphabet.length)]).join('');
  return { id, secret: randomBytes(secretBytes).toString('hex') };
}

/** Letters, digits and underscores alone, so that a double click selects the whole key. */
export function formatKey({ id, secret }: KeyParts): string {
  return `imp_${id}_${secret}`;
}

/** The parts of what was presented as a key; null when it is not one. */
export function parseKey(text: string): KeyParts | null {
  const [, id, secret] = keyPattern.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** A fast hash is enough for a secret of 256 random bits: there is nothing to guess. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
