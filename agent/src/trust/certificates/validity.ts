const dayMs = 86_400_000;

/** Devices whose clock is behind by up to a day see certificates that are valid already. */
const skewDays = 1;
/** Apple refuses certificates past 825 days. */
const authorityDays = 820;
const leafDays = 90;
const renewLeafBeforeDays = 30;

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

function lasting(days: number, now: Date): Validity {
  const notBefore = new Date(now.getTime() - skewDays * dayMs);
  // Certificates hold whole seconds.
  notBefore.setMilliseconds(0);
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * dayMs) };
}

/** Of the root and the intermediate. */
export const authorityValidity = (now: Date): Validity => lasting(authorityDays, now);

/** Of a leaf, which never outlives those who vouch for it. */
export function leafValidity(now: Date, authorityEnd: Date): Validity {
  const { notBefore, notAfter } = lasting(leafDays, now);
  return { notBefore, notAfter: notAfter < authorityEnd ? notAfter : authorityEnd };
}

/** Whether a certificate is to be replaced now: a month before its end, or where the clock was wrong when it was made. */
export function isDue({ notBefore, notAfter }: Validity, now: Date): boolean {
  return now < notBefore || now.getTime() > notAfter.getTime() - renewLeafBeforeDays * dayMs;
}

/** Whether it is valid at all. */
export function isValid({ notBefore, notAfter }: Validity, now: Date): boolean {
  return now >= notBefore && now < notAfter;
}

/** Whole days until it ends; none where it has ended. */
export function daysLeft({ notAfter }: Pick<Validity, 'notAfter'>, now: Date): number {
  return Math.max(0, Math.floor((notAfter.getTime() - now.getTime()) / dayMs));
}
