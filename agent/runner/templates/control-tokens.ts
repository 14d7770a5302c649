/** A character of Unicode's private use area that no tokenizer and no template knows. */
export const cut = '\uE0FF';

/** Cuts each control token that a text spells out in two, so that it is read as the text that it is. */
export type Disarm = (text: string) => string;

export function disarmer(controlTokens: readonly string[]): Disarm {
  const pattern = controlPattern(controlTokens);
  if (pattern === null) return (text) => text;
  return (text) => text.replace(pattern, (token) => `${token.slice(0, 1)}${cut}${token.slice(1)}`);
}

function controlPattern(tokens: readonly string[]): RegExp | null {
  const texts = tokens.filter((token) => token.length > 1).toSorted((a, b) => b.length - a.length);
  return texts.length === 0 ? null : new RegExp(texts.map((text) => RegExp.escape(text)).join('|'), 'gu');
}

/** The same for every text inside of a value; keys too. */
export function disarmDeeply<Value>(value: Value, disarm: Disarm): Value {
  return deep(value, disarm) as Value;
}

function deep(value: unknown, disarm: Disarm): unknown {
  if (typeof value === 'string') return disarm(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, disarm));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [disarm(key), deep(item, disarm)]));
}
