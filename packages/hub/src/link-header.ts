/** The address that a `Link` header names as the next page; null where it names none. */
export function nextLink(header: string | null): string | null {
  return /<([^>]+)>\s*;[^,]*\brel="?next"?/iu.exec(header ?? '')?.[1] ?? null;
}
