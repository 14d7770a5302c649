/** What may be entered in a field for a number. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

export type ParsedNumber =
  | { readonly ok: true; readonly value: number | null }
  | { readonly ok: false; readonly error: string };

/** A number from a field, in either decimal notation; an empty field is null. */
export function parseNumber(text: string, { min, max, whole = false }: NumberRange): ParsedNumber {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return { ok: true, value: null };
  const value = Number(trimmed);
  if (!Number.isFinite(value) || value < min || value > max || (whole && !Number.isInteger(value))) {
    const kind = whole ? 'a whole number' : 'a number';
    return {
      ok: false,
      error: `Enter ${kind} from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`,
    };
  }
  return { ok: true, value };
}
