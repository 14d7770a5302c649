import type { JSX } from 'solid-js';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { parseNumber, type ParsedNumber } from '../../lib/parse-number.ts';

/** The limits of a key as they are typed. */
export interface LimitTexts {
  readonly concurrency: string;
  readonly requestsPerMinute: string;
}

export const noLimits: LimitTexts = { concurrency: '', requestsPerMinute: '' };

const ranges = {
  concurrency: { min: 1, max: 1_000, whole: true },
  requestsPerMinute: { min: 1, max: 100_000, whole: true },
};

export function parseLimit(name: keyof LimitTexts, texts: LimitTexts): ParsedNumber {
  return parseNumber(texts[name], ranges[name]);
}

/** The first thing that is wrong with the limits; null where both can be kept. */
export function limitsProblem(texts: LimitTexts): string | null {
  for (const name of ['concurrency', 'requestsPerMinute'] as const) {
    const parsed = parseLimit(name, texts);
    if (!parsed.ok) return parsed.error;
  }
  return null;
}

/** The limits as the agent takes them; null is what its settings say. */
export function limitsFrom(texts: LimitTexts): {
  concurrency: number | null;
  requestsPerMinute: number | null;
} {
  const value = (name: keyof LimitTexts): number | null => {
    const parsed = parseLimit(name, texts);
    return parsed.ok ? parsed.value : null;
  };
  return { concurrency: value('concurrency'), requestsPerMinute: value('requestsPerMinute') };
}

export interface LimitFieldsProps {
  readonly texts: LimitTexts;
  readonly onChange: (texts: LimitTexts) => void;
}

/** How much a key may ask at most. */
export function LimitFields(props: LimitFieldsProps): JSX.Element {
  const field = (name: keyof LimitTexts, label: string, unit: string): JSX.Element => {
    const error = (): string | null => {
      const parsed = parseLimit(name, props.texts);
      return parsed.ok ? null : parsed.error;
    };
    return (
      <NumberField
        label={label}
        unit={unit}
        placeholder="As Settings say"
        whole
        value={props.texts[name]}
        error={error()}
        onInput={(text) => props.onChange({ ...props.texts, [name]: text })}
      />
    );
  };
  return (
    <>
      {field('concurrency', 'At once', 'requests')}
      {field('requestsPerMinute', 'In a minute', 'requests')}
    </>
  );
}
