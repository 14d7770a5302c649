/** Where a key's own page is. */
export function keyPath(id: string): string {
  return `/keys/${encodeURIComponent(id)}`;
}
