const longest = 300;

/** What a browser or client says of itself, as it may be shown anywhere: a terminal would obey control characters. */
export function plainUserAgent(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, longest);
}
