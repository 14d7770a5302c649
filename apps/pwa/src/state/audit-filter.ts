import type { AuditFilter, AuditOutcome } from '@impetus/contracts/audit';

/** How far back a list of the audit log goes. */
export type AuditSpan = 'all' | 'hour' | 'day' | 'week' | 'month';

/** What the list is narrowed to; empty and `all` narrow nothing. */
export interface AuditChoice {
  readonly outcome: AuditOutcome | 'all';
  readonly area: string;
  readonly whoId: string;
  readonly span: AuditSpan;
  readonly text: string;
}

export const everything: AuditChoice = { outcome: 'all', area: '', whoId: '', span: 'all', text: '' };

const spanMs: Readonly<Record<Exclude<AuditSpan, 'all'>, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
};

export function isEverything(choice: AuditChoice): boolean {
  return Object.entries(toFilter(choice, 0)).length === 0;
}

/** The filter as the agent takes it. */
export function toFilter({ outcome, area, whoId, span, text }: AuditChoice, now: number): AuditFilter {
  return {
    ...(outcome !== 'all' && { outcome }),
    ...(area !== '' && { action: area }),
    ...(whoId !== '' && { whoId }),
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(span !== 'all' && { from: new Date(now - spanMs[span]).toISOString() }),
  };
}

/** Where the entries that match are to be had as JSON Lines. */
export function exportPath(filter: AuditFilter): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  return `/audit.jsonl${query === '' ? '' : `?${query}`}`;
}
