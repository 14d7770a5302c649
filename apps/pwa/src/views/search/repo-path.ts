const prefix = '/search/';

/** Where a repo's page is. */
export function repoPath(repo: string): string {
  return prefix + repo.split('/').map(encodeURIComponent).join('/');
}

/** The repo whose page a path is; null if it is none's. */
export function repoOf(path: string): string | null {
  if (!path.startsWith(prefix)) return null;
  const rest = path.slice(prefix.length).replace(/\/$/u, '');
  try {
    return decodeURIComponent(rest) || null;
  } catch {
    // An address that was typed by hand.
    return rest;
  }
}
