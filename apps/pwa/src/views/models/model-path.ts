const prefix = '/models/';

/** Where a model's own page is. */
export function modelPath(id: string): string {
  return prefix + encodeURIComponent(id);
}

/** The model whose page a path is; null if it is no model's. */
export function modelIdOf(path: string): string | null {
  if (!path.startsWith(prefix)) return null;
  const segment = path.slice(prefix.length).replace(/\/$/, '');
  try {
    return decodeURIComponent(segment) || null;
  } catch {
    // An address that was typed by hand.
    return segment;
  }
}
