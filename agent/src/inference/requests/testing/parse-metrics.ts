/** One line of values: `{a="b"}` as labels. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ParsedSample[];
}

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const number = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN`;
const helpLine = new RegExp(String.raw`^# HELP (${metricName}) ((?:[^\\]|\\[\\n])+)$`, 'u');
const typeLine = new RegExp(String.raw`^# TYPE (${metricName}) (counter|gauge|histogram)$`, 'u');
const sampleLine = new RegExp(
  String.raw`^(${metricName})(?:\{(${label}(?:,${label})*)\})? (${number})$`,
  'u',
);
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

/** Reads Prometheus' text format and throws at whatever is not in it, or not in its order. */
export function parseMetrics(text: string): ReadonlyMap<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const families = new Map<string, ParsedFamily>();
  const lines = text.slice(0, -1).split('\n');
  for (let at = 0; at < lines.length;) {
    const [, name = '', help = ''] = match(helpLine, lines[at++]);
    const [, typed, type = ''] = match(typeLine, lines[at++]);
    if (typed !== name) throw new Error(`TYPE ${typed} follows HELP ${name}.`);
    if (families.has(name)) throw new Error(`${name} comes twice.`);
    const samples: ParsedSample[] = [];
    while (at < lines.length && !lines[at]?.startsWith('#')) samples.push(parseSample(lines[at++]));
    const family = { name, help: unescape(help), type, samples };
    check(family);
    families.set(name, family);
  }
  return families;
}

function match(pattern: RegExp, line: string | undefined): RegExpExecArray {
  const found = pattern.exec(line ?? '');
  if (found === null) throw new Error(`This line is not in the format: ${line}`);
  return found;
}

function parseSample(line: string | undefined): ParsedSample {
  const [, name = '', labels = '', value = ''] = match(sampleLine, line);
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu)];
  const names = pairs.map(([, key]) => key);
  if (new Set(names).size < names.length) throw new Error(`A label comes twice: ${line}`);
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, key, text]) => [key, unescape(text ?? '')])),
    value: Number(value.replace('Inf', 'Infinity')),
  };
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gu, (_, character) => (character === 'n' ? '\n' : String(character)));
}

function check({ name, type, samples }: ParsedFamily): void {
  const allowed = suffixes[type]?.map((suffix) => name + suffix) ?? [];
  const seen = new Set<string>();
  for (const sample of samples) {
    if (!allowed.includes(sample.name)) throw new Error(`${sample.name} is no sample of ${name}.`);
    const key = JSON.stringify([sample.name, sample.labels]);
    if (seen.has(key)) throw new Error(`A sample comes twice: ${key}`);
    seen.add(key);
    if (type !== 'gauge' && !(sample.value >= 0)) throw new Error(`${key} counts ${sample.value}.`);
  }
  if (type === 'counter' && !name.endsWith('_total')) throw new Error(`The counter ${name} has no _total.`);
  if (type === 'histogram') checkHistogram(name, samples);
}

/** Buckets rise to +Inf, which is the count; each distribution has one sum. */
function checkHistogram(name: string, samples: readonly ParsedSample[]): void {
  const distributions = Map.groupBy(samples, ({ labels }) => JSON.stringify({ ...labels, le: undefined }));
  for (const [key, parts] of distributions) {
    const buckets = parts.filter((part) => part.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => Number(labels['le']?.replace('Inf', 'Infinity')));
    const counts = buckets.map(({ value }) => value);
    const total = parts.find((part) => part.name === `${name}_count`)?.value;
    const rising = (values: readonly number[], by: (a: number, b: number) => boolean) =>
      values.every((value, index) => index === 0 || by(values[index - 1] ?? NaN, value));
    if (!rising(bounds, (a, b) => a < b)) throw new Error(`The bounds of ${name}${key} do not rise.`);
    if (!rising(counts, (a, b) => a <= b)) throw new Error(`The buckets of ${name}${key} do not add up.`);
    if (bounds.at(-1) !== Infinity || counts.at(-1) !== total)
      throw new Error(`${name}${key} has another count.`);
    if (!parts.some((part) => part.name === `${name}_sum`)) throw new Error(`${name}${key} has no sum.`);
  }
}
