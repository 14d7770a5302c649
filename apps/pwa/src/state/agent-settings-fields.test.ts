import { agentSettingsSchema, defaultAgentSettings } from '@impetus/contracts/agent-settings';
import { describe, expect, test } from 'vitest';
import { fromText, isWhole, rangeOf, toText, unitOf, type NumberSetting } from './agent-settings-fields.ts';

const isOther = (value: unknown) => typeof value === 'boolean' || Array.isArray(value);

const names = (Object.keys(agentSettingsSchema.shape) as (keyof typeof agentSettingsSchema.shape)[]).filter(
  (name): name is NumberSetting => name !== 'idleUnload' && !isOther(defaultAgentSettings[name]),
);

describe.each(names)('%s', (name) => {
  test('reads back what it shows', () => {
    expect(fromText(name, toText(name, defaultAgentSettings[name]))).toEqual({
      ok: true,
      value: defaultAgentSettings[name],
    });
  });

  test('takes its bounds and nothing beyond them', () => {
    const { min, max } = rangeOf(name);
    expect(fromText(name, String(min))).toMatchObject({ ok: true });
    expect(fromText(name, String(max))).toMatchObject({ ok: true });
    expect(fromText(name, String(min - 1))).toMatchObject({ ok: false });
    expect(fromText(name, String(max + 1))).toMatchObject({ ok: false });
  });

  test('has a unit', () => {
    expect(unitOf(name)).not.toBe('');
  });
});

test('sizes are stored in bytes and entered in larger units, in either notation', () => {
  expect(fromText('promptCacheMaxBytes', '0,5')).toEqual({ ok: true, value: 500_000_000 });
  expect(fromText('captureMaxBytes', '1.5')).toEqual({ ok: true, value: 1_500_000 });
  expect(toText('memoryLimitBytes', 12_500_000_000)).toBe('12.5');
});

test('empty means no limit, and nothing where there has to be one', () => {
  expect(fromText('concurrencyPerKey', ' ')).toEqual({ ok: true, value: null });
  expect(fromText('queueLength', '')).toEqual({
    ok: false,
    error: 'Enter a whole number from 1 to 10,000.',
  });
});

test('what counts things is whole', () => {
  expect(isWhole('queueLength')).toBe(true);
  expect(fromText('queueLength', '2.5')).toMatchObject({ ok: false });
  expect(isWhole('memoryLimitBytes')).toBe(false);
});

test.each(['10,000', '10 000', '10.000', '10’000', '10000'])('%j is ten thousand', (text) => {
  expect(fromText('queueLength', text)).toEqual({ ok: true, value: 10_000 });
});
