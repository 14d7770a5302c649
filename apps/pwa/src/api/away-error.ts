/** Thrown instead of sending what would sit in a queue and be carried out when nobody expects it. */
export class AwayError extends Error {
  override readonly name = 'AwayError';
}
