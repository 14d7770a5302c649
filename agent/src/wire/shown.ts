/** A client's own text as an error shows it: enough of it to be recognised. */
export function shown(text: string, longest = 100): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
