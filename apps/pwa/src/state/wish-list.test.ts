import { expect, test } from 'vitest';
import { addWish, failWish, readWishes } from './wish-list.ts';

const wanted = { repo: 'owner/name', key: 'Q4_K_M', name: 'Qwen' };

test('the same wish twice is one, and is asked anew', () => {
  const once = addWish([], wanted, 1);
  const refused = failWish(once, once[0]?.id ?? '', 'There is no room.');
  expect(refused[0]?.refusal).toBe('There is no room.');
  expect(addWish(refused, wanted, 2)).toEqual([{ ...once[0], at: 2 }]);
  expect(addWish(once, { ...wanted, key: 'Q8_0' }, 2)).toHaveLength(2);
});

test('what was kept is read again, and nothing else', () => {
  const kept = addWish([], wanted, 1);
  expect(readWishes(JSON.stringify(kept))).toEqual(kept);
  expect(readWishes(JSON.stringify([...kept, { id: 1 }, null]))).toEqual(kept);
  expect(readWishes('{')).toEqual([]);
  expect(readWishes('"x"')).toEqual([]);
  expect(readWishes(null)).toEqual([]);
});
