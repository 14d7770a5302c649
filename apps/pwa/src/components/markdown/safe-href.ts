const allowed = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address of a link that somebody else wrote, if it may be followed: nothing that runs. Relative ones lead
 * nowhere, unless what they are relative to is known.
 */
export function safeHref(href: string, base: string | null = null): string | null {
  if (href.trim() === '' || href.startsWith('#')) return null;
  try {
    const url = base === null ? new URL(href) : new URL(href, base);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
