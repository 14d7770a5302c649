import { expect, test } from 'vitest';
import { everything, exportPath, isEverything, toFilter } from './audit-filter.ts';

const now = Date.UTC(2026, 2, 12, 9, 41);

test('nothing chosen narrows nothing', () => {
  expect(toFilter(everything, now)).toEqual({});
  expect(isEverything(everything)).toBe(true);
  expect(exportPath({})).toBe('/audit.jsonl');
});

test('what is chosen is asked for, and exported', () => {
  const choice = { outcome: 'refused', area: 'keys', whoId: 'd1', span: 'hour', text: ' 192.168 ' } as const;
  const filter = toFilter(choice, now);
  expect(filter).toEqual({
    outcome: 'refused',
    action: 'keys',
    whoId: 'd1',
    text: '192.168',
    from: '2026-03-12T08:41:00.000Z',
  });
  expect(isEverything(choice)).toBe(false);
  expect(exportPath(filter)).toBe(
    '/audit.jsonl?outcome=refused&action=keys&whoId=d1&text=192.168&from=2026-03-12T08%3A41%3A00.000Z',
  );
});
