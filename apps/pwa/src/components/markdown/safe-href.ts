const allowed = new Set(['http:', 'https:', 'mailto:']);

/** The address of a link that a model wrote, if it may be followed: nothing that runs, nothing relative. */
export function safeHref(href: string): string | null {
  try {
    const url = new URL(href);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
