/** Names of fields that hold secrets, or somebody's words. */
const unsaid =
  /password|secret|token|code|credential|digits|nonce|ticket|commitment|assertion|response|messages|prompt|^key$|^current$|^next$/iu;

const longestText = 200;
const mostFields = 20;
const mostItems = 20;
const deepest = 3;

function condenseValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => condenseValue(item, depth + 1));
  return typeof value === 'object' ? condenseObject(value, depth + 1) : undefined;
}

function condenseObject(value: object, depth: number): Record<string, unknown> {
  const fields = Object.entries(value).slice(0, mostFields);
  return Object.fromEntries(
    fields.filter(([name]) => !unsaid.test(name)).map(([name, field]) => [name, condenseValue(field, depth)]),
  );
}

/** What of an input belongs into the audit: its plain facts, shortened, without secrets and without anybody's text. */
export function condense(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? condenseObject(input, 0) : {};
}

/** What an input is about: the id or the name in it. */
export function subjectOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const { id, name } = input as { id?: unknown; name?: unknown };
  const subject = id ?? name;
  return typeof subject === 'string' ? subject.slice(0, longestText) : null;
}
