import { expect, it } from 'vitest';
import { adoptions } from './adoptions.ts';

const row = (id: string, content: string | null) => ({ id, path: `/${id}`, identity: null, content });
const written =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id);

it.each([
  ['a model that is back under another name', [row('b', 'x')], written('a'), [{ from: 'a', to: 'b' }]],
  ['the first of two twins', [row('b', 'x'), row('c', 'x')], written('a'), [{ from: 'a', to: 'b' }]],
  ['none while the old one is still here', [row('a', 'x'), row('b', 'x')], written('a'), []],
  ['none with something of its own', [row('b', 'x')], written('a', 'b'), []],
  ['none of which nothing was written', [row('b', 'x')], written(), []],
  ['none of which the content is not known', [row('b', null)], written('a'), []],
  ['none that was here before', [row('twin', 'x')], written('a'), []],
] as const)('adopts for %s', (_, now, isWritten, expected) => {
  expect(adoptions(now, [row('a', 'x'), row('twin', 'x')], isWritten)).toEqual(expected);
});
