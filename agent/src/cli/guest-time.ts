import { ImpetusError } from '@impetus/contracts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** When a guest leaves who stays for such a time, ISO 8601. */
export function readGuestTime(text: string, now: number): string {
  const [, count, unit] = /^(\d{1,4})\s*([mhdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined && unit !== undefined && Number(count) > 0) {
    return new Date(now + Number(count) * unitMs[unit as keyof typeof unitMs]).toISOString();
  }
  throw new ImpetusError('invalid_request', `“${text}” is not a time that a guest stays; say 4h, 3d or 1w.`);
}
