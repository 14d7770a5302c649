const letters = 8;

/** A code of letters as it is shown, from whatever was typed of it: WDJB-MJHT. */
export function userCodeOf(typed: string): string {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '')
    .slice(0, letters);
  return bare.length > 4 ? `${bare.slice(0, 4)}-${bare.slice(4)}` : bare;
}

export function isWholeUserCode(code: string): boolean {
  return /^[A-Z]{4}-[A-Z]{4}$/.test(code);
}
