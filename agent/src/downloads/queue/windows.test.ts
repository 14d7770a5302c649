import { expect, it } from 'vitest';
import { isOpen } from './windows.ts';

/** 2026-01-05 is a Monday. */
const at = (day: number, time: string) => new Date(`2026-01-${String(4 + day).padStart(2, '0')}T${time}:00`);

it('is open at any time where there is no window', () => {
  expect(isOpen([], new Date())).toBe(true);
});

it('opens and closes on its days', () => {
  const windows = [{ days: [1, 2], from: '08:00', until: '17:30' }];
  expect(isOpen(windows, at(1, '07:59'))).toBe(false);
  expect(isOpen(windows, at(1, '08:00'))).toBe(true);
  expect(isOpen(windows, at(2, '17:29'))).toBe(true);
  expect(isOpen(windows, at(2, '17:30'))).toBe(false);
  expect(isOpen(windows, at(3, '12:00'))).toBe(false);
});

it('goes over midnight into the next day, from Saturday to Sunday too', () => {
  const windows = [{ days: [6], from: '22:00', until: '06:00' }];
  expect(isOpen(windows, at(6, '23:00'))).toBe(true);
  expect(isOpen(windows, at(7, '05:59'))).toBe(true);
  expect(isOpen(windows, at(7, '06:00'))).toBe(false);
  expect(isOpen(windows, at(6, '05:00'))).toBe(false);
});

it('lasts a whole day where both ends are the same', () => {
  expect(isOpen([{ days: [1], from: '00:00', until: '00:00' }], at(1, '13:00'))).toBe(true);
});
