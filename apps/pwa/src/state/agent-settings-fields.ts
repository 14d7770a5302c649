import { agentSettingsSchema, type AgentSettings } from '@impetus/contracts/agent-settings';
import { z } from 'zod';
import { parseNumber, type NumberRange, type ParsedNumber } from '../lib/parse-number.ts';

/** The settings that are entered as numbers. */
export type NumberSetting = {
  [Name in keyof AgentSettings]: AgentSettings[Name] extends number | null ? Name : never;
}[keyof AgentSettings];

interface Unit {
  readonly name: string;
  /** How many of the setting's own unit it is. */
  readonly factor: number;
  readonly whole: boolean;
}

const gigabytes: Unit = { name: 'GB', factor: 1e9, whole: false };
const megabytes: Unit = { name: 'MB', factor: 1e6, whole: false };
const requests: Unit = { name: 'requests', factor: 1, whole: true };
const seconds: Unit = { name: 'seconds', factor: 1, whole: true };
const hours: Unit = { name: 'hours', factor: 1, whole: true };
const days: Unit = { name: 'days', factor: 1, whole: true };
const entries: Unit = { name: 'entries', factor: 1, whole: true };

const units: Record<NumberSetting, Unit> = {
  memoryLimitBytes: gigabytes,
  queueLength: requests,
  concurrencyPerKey: requests,
  requestsPerMinutePerKey: requests,
  requestTimeoutSeconds: seconds,
  promptCacheMaxBytes: gigabytes,
  promptCacheMaxAgeHours: hours,
  recordMaxAgeDays: days,
  captureMaxBytes: megabytes,
  captureMaxAgeDays: days,
  diskReserveBytes: gigabytes,
  uploadMaxAgeHours: hours,
  auditMaxAgeDays: days,
  auditMaxEntries: entries,
};

/** The unit that stands behind the field. */
export function unitOf(name: NumberSetting): string {
  return units[name].name;
}

export function isWhole(name: NumberSetting): boolean {
  return units[name].whole;
}

/** What may be entered, in the field's unit. The bounds are the schema's, so that they are written down once. */
export function rangeOf(name: NumberSetting): NumberRange {
  const { factor, whole } = units[name];
  const field = agentSettingsSchema.shape[name];
  const number = field instanceof z.ZodNullable ? field.unwrap() : field;
  return { min: (number.minValue ?? 0) / factor, max: (number.maxValue ?? Infinity) / factor, whole };
}

/** A setting as it stands in its field; what has no limit is empty. */
export function toText(name: NumberSetting, value: number | null): string {
  return value === null ? '' : String(value / units[name].factor);
}

/** A whole number without the marks that set its thousands apart. */
function withoutGroups(text: string): string {
  return text.replaceAll(/(?<=\d)[,.\s'’](?=\d{3}(?:\D|$))/gu, '');
}

/** What was entered, as the setting is stored; the error says what may be entered. */
export function fromText(name: NumberSetting, text: string): ParsedNumber {
  const range = rangeOf(name);
  const parsed = parseNumber(units[name].whole ? withoutGroups(text) : text, range);
  if (!parsed.ok) return parsed;
  const value = parsed.value === null ? null : Math.round(parsed.value * units[name].factor);
  const checked = agentSettingsSchema.shape[name].safeParse(value);
  if (checked.success) return { ok: true, value: checked.data };
  // Empty where there has to be a number: the same words as for any other.
  return parseNumber('?', range);
}
