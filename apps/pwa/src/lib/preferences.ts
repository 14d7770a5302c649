/** Small choices that must be known before the first paint. A browser that keeps nothing forgets them. */
const prefix = 'impetus.';

export function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

export function writePreference(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}
