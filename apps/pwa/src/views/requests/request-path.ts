/** Where a request's own page is. */
export function requestPath(id: string): string {
  return `/requests/${encodeURIComponent(id)}`;
}
