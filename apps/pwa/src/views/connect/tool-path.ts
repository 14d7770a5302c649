/** Where a tool's own page is. */
export function toolPath(id: string): string {
  return `/connect/${id}`;
}
