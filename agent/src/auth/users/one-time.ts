import { randomInt } from 'node:crypto';

/** Without the letters and digits that are easily mistaken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Groups of four to read out and type; each group is worth about 20 bits. */
export function readableSecret(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A secret as it is compared: capitals, spaces and dashes are how people write, not what they know. */
export function bareSecret(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
}
