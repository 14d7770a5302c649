const hourMs = 3_600_000;

/** How long a guest may stay. */
export type GuestLength = 'hour' | 'evening' | 'day' | 'week';

export const guestLengths: readonly { readonly value: GuestLength; readonly label: string }[] = [
  { value: 'hour', label: '1 hour' },
  { value: 'evening', label: '4 hours' },
  { value: 'day', label: '1 day' },
  { value: 'week', label: '1 week' },
];

const lengthsMs: Readonly<Record<GuestLength, number>> = {
  hour: hourMs,
  evening: 4 * hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
};

/** When a guest who comes now has to leave, ISO 8601. */
export function guestEnd(length: GuestLength, now: number): string {
  return new Date(now + lengthsMs[length]).toISOString();
}
