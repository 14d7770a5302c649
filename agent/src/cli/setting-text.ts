import { formatBytes } from './format.ts';

/** What null means for each setting where it is not that the agent chooses. */
const nothing: Readonly<Record<string, string>> = {
  idleUnload: 'as the agent',
  systemPrompt: 'none',
  chatTemplate: 'the model’s own',
  draftModel: 'none',
  concurrencyPerKey: 'no limit',
  requestsPerMinutePerKey: 'no limit',
  requestTimeoutSeconds: 'no limit',
};

const longest = 72;

/** The value of a setting in a table. */
export function formatSetting(name: string, value: unknown): string {
  if (value === null) return nothing[name] ?? 'automatic';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(name, value);
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.map(formatItem).join(', ') || 'none';
  const parts = Object.entries(value ?? {}).map(([part, item]) => `${part} ${formatItem(item)}`);
  return parts.join(', ') || 'none';
}

function formatNumber(name: string, value: number): string {
  if (name.endsWith('Bytes')) return formatBytes(value);
  if (name !== 'idleUnload') return String(value);
  if (value === 0) return 'as soon as it is idle';
  return value === 1 ? 'after 1 minute' : `after ${value} minutes`;
}

function formatItem(item: unknown): string {
  return typeof item === 'string' || typeof item === 'number' ? String(item) : JSON.stringify(item);
}

/** One line of a text that may be a whole template. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest)}… (${text.length} characters)`;
}
