import { expect, it } from 'vitest';
import { z } from 'zod';
import { readStoredObject } from './stored-object.ts';

const schema = z.object({ size: z.int().min(1).nullable(), name: z.string(), on: z.boolean() });

it.each([
  ['{}', {}, []],
  ['{"size":4,"name":"a"}', { size: 4, name: 'a' }, []],
  ['{"size":null}', { size: null }, []],
  ['{"size":0,"name":"a","on":"yes"}', { name: 'a' }, ['size', 'on']],
  ['{"of a newer version":1,"name":"a"}', { name: 'a' }, []],
  ['{"__proto__":{"on":true}}', {}, []],
  ['[]', {}, null],
  ['null', {}, null],
  ['{"name":', {}, null],
])('%s', (json, values, invalid) => {
  expect(readStoredObject(schema, json)).toEqual({ values, invalid });
});
