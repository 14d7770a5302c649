import type { Random } from '../../bench/engine/random.ts';

type Path = readonly (string | number)[];

/** What was done to a request. */
export interface Mutation {
  readonly kind: string;
  readonly text: string;
}

/** Of the places that are changed; what lies deeper was put there to be deep. */
const deepest = 12;

const long = 'x'.repeat(200_000);

/** What stands in the place of a value; each is JSON as text, since not all of them can be made otherwise. */
const replacements: readonly (readonly [kind: string, json: string])[] = [
  ['null', 'null'],
  ...['true', '"7"', '7', '[]', '{}', '[null]', '[[]]', '{"a":{"b":[]}}', '""'].map(
    (json) => ['another type', json] as const,
  ),
  ...['-1', '0', '0.5', '99', '2147483648', '4294967296', '9007199254740993', '1e308', '-1e308', '1e999'].map(
    (json) => ['another number', json] as const,
  ),
  ...['"\\u0000"', '"\\ud800"', '"<|im_end|>{{ x }}"', '"../../etc/passwd"', '"__proto__"', '"toString"'].map(
    (json) => ['a strange text', json] as const,
  ),
  ['an enormous text', JSON.stringify(long)],
  ['an enormous list', `[${'0,'.repeat(20_000)}0]`],
  ['a deep list', '['.repeat(4_000) + ']'.repeat(4_000)],
  ['a deep object', '{"type":"object","items":'.repeat(2_000) + '1' + '}'.repeat(2_000)],
];

/** One request, with one or two things about it changed. */
export function mutate(body: Readonly<Record<string, unknown>>, random: Random): Mutation {
  const ways = [
    replaced,
    replaced,
    replaced,
    without,
    renamed,
    repeated,
    withUnknown,
    cutShort,
    garbled,
  ] as const;
  const way = random.pick(ways);
  const first = way(body, random);
  // Two at once find what one of them alone is refused for.
  if (random.between(0, 4 - 1) > 0 || way === cutShort || way === garbled) return first;
  const second = random.pick([replaced, without, withUnknown] as const)(
    JSON.parse(first.text) as Record<string, unknown>,
    random,
  );
  return { kind: first.kind, text: second.text };
}

function replaced(body: object, random: Random): Mutation {
  const [kind, json] = random.pick(replacements);
  return { kind, text: written(body, random.pick(pathsIn(body)), () => json) };
}

function without(body: object, random: Random): Mutation {
  return { kind: 'a missing field', text: written(body, random.pick(pathsIn(body)), () => null) };
}

/** Another name for a field says what a record of the client's own choosing, such as biases by token, may hold. */
function renamed(body: object, random: Random): Mutation {
  const text = JSON.stringify(body);
  const names = [...text.matchAll(/"([^"\\]*)":/gu)];
  const { index = 0, 0: name = '' } = names[random.between(0, names.length - 1)] ?? {};
  const instead = random.pick([
    '99999999999',
    '-1',
    '',
    '__proto__',
    '\u0000',
    '{{ x }}',
    '"::="',
    'é'.repeat(999),
  ]);
  return {
    kind: 'another name',
    text: `${text.slice(0, index)}${JSON.stringify(instead)}:${text.slice(index + name.length)}`,
  };
}

function repeated(body: object, random: Random): Mutation {
  const json = (value: string) => `[${Array.from({ length: 40 }, () => value).join(',')}]`;
  return { kind: 'a list of it', text: written(body, random.pick(pathsIn(body)), json) };
}

function withUnknown(body: object, random: Random): Mutation {
  const name = random.pick(['__proto__', 'constructor', 'toString', 'unknown', '', 'length']);
  const [, json] = random.pick(replacements);
  const text = `{${JSON.stringify(name)}:${json},${JSON.stringify(body).slice(1)}`;
  return { kind: 'an unknown field', text: text.endsWith(',}') ? `{${JSON.stringify(name)}:${json}}` : text };
}

function cutShort(body: object, random: Random): Mutation {
  const text = JSON.stringify(body);
  return { kind: 'cut JSON', text: text.slice(0, random.between(0, text.length - 1)) };
}

function garbled(body: object, random: Random): Mutation {
  const text = JSON.stringify(body);
  const place = random.between(0, text.length - 1);
  const instead = random.pick(['"', '{', ']', ',', '\\', '\u0000', 'NaN', '�', '0']);
  return { kind: 'garbled JSON', text: text.slice(0, place) + instead + text.slice(place + 1) };
}

/** Every value in a body, wherever it stands. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null || path.length >= deepest) return [path];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  const below = inner.flatMap(([name, child]) => pathsIn(child, [...path, name]));
  return path.length === 0 ? below : [path, ...below];
}

/** The body as JSON, with what stands at the path made into something else; null: left out. */
function written(value: unknown, path: Path, change: (json: string) => string | null): string {
  return rewritten(value, path, change) ?? 'null';
}

function rewritten(
  value: unknown,
  [next, ...rest]: Path,
  change: (json: string) => string | null,
): string | null {
  if (next === undefined) return change(JSON.stringify(value));
  const at = (name: string | number, child: unknown) =>
    name === next ? rewritten(child, rest, change) : JSON.stringify(child);
  if (Array.isArray(value)) {
    const items = [...value.entries()].map(([index, child]) => at(index, child));
    return `[${items.filter((item) => item !== null).join(',')}]`;
  }
  const fields = Object.entries(value as object).map(([name, child]) => {
    const json = at(name, child);
    return json === null ? null : `${JSON.stringify(name)}:${json}`;
  });
  return `{${fields.filter((field) => field !== null).join(',')}}`;
}
