/** The digits of what was typed or pasted, no more than there may be. */
export function digitsOf(text: string, length: number): string {
  return text.replaceAll(/\D/g, '').slice(0, length);
}

/** Digits in groups, as people read them to each other: 1234 5678. */
export function groupDigits(digits: string, size: number): string {
  return (digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(' ');
}
