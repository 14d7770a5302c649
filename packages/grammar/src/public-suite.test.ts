import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnsupportedSchema } from './errors.ts';
import type { Expression } from './expression/expression.ts';
import { derive } from './testing/derive.ts';
import { matches } from './testing/matches.ts';
import { rulesFor, seededRandom } from './testing/schema-grammar.ts';

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

// The suite of the JSON Schema project (MIT), of draft 4, whose keywords later drafts kept.
const suite = join(
  dirname(createRequire(import.meta.url).resolve('json-schema-test-suite/package.json')),
  'tests/draft4',
);
const files = readdirSync(suite).filter((name) => name.endsWith('.json') && name !== 'refRemote.json');

/** 1.0 is an integer for JSON Schema; the suite of draft 4 is of another opinion, and JSON.parse sees no difference. */
const sameNumber = new Set(['a float is not an integer']);

const tally = { accepted: 0, refused: 0, invalidRefused: 0, validAdmitted: 0, validMissed: 0 };

describe.each(files)('%s', (file) => {
  const groups = JSON.parse(readFileSync(join(suite, file), 'utf8')) as Group[];
  it.each(groups)('$description', ({ schema, tests }) => {
    const rules = rulesOrRefusal(schema);
    if (rules === null) {
      tally.refused += 1;
      return;
    }
    tally.accepted += 1;
    for (const { data, valid, description } of tests) {
      const admitted = matches(rules, JSON.stringify(data));
      if (!valid && !sameNumber.has(description))
        expect(admitted, `${description}: ${JSON.stringify(data)}`).toBe(false);
      if (!valid) tally.invalidRefused += 1;
      else tally[admitted ? 'validAdmitted' : 'validMissed'] += 1;
    }
    for (let seed = 0; seed < 10; seed += 1) JSON.parse(derive(rules, seededRandom(seed)));
  });
});

it('most of the suite is accepted, and most of what is valid is admitted', () => {
  expect(tally).toEqual({ accepted: 50, refused: 19, invalidRefused: 92, validAdmitted: 78, validMissed: 5 });
});

function rulesOrRefusal(schema: unknown): ReadonlyMap<string, Expression> | null {
  try {
    return rulesFor(schema);
  } catch (error) {
    expect(error).toBeInstanceOf(UnsupportedSchema);
    return null;
  }
}
