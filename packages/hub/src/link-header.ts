/**
 * The address of the page after this one; null where the `Link` header names none. Of what it names the query alone
 * is taken: mirrors hand on the real Hub's header, whose address leads past them, and never is a page elsewhere.
 */
export function nextPage(header: string | null, from: string): string | null {
  const next = /<([^>]+)>\s*;[^,]*\brel="?next"?/iu.exec(header ?? '')?.[1];
  const found = next === undefined ? null : URL.parse(next, from);
  if (found === null) return null;
  const url = new URL(from);
  url.search = found.search;
  return url.href;
}
