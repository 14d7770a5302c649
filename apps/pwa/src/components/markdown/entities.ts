const known = new Map<string, string>();

function decode(entity: string): string {
  const before = known.get(entity);
  if (before !== undefined) return before;
  // The browser knows all names; it is given the entity alone, never the text around it.
  const text = new DOMParser().parseFromString(entity, 'text/html').body.textContent ?? entity;
  known.set(entity, text);
  return text;
}

/** Text with its character references, such as `&amp;` and `&#x2019;`, resolved. */
export function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi, decode)
    : text;
}
