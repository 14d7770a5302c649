export interface RouteMethods {
  /** The pattern as it was registered. */
  readonly url: string;
  readonly methods: readonly string[];
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/\/$/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}/?$`);
}

/** The methods that a path answers to, sorted; none for a path that does not exist. */
export function allowedMethods(path: string, routes: readonly RouteMethods[]): string[] {
  const matching = routes.filter(({ url }) => toRegExp(url).test(path));
  return [...new Set(matching.flatMap(({ methods }) => methods))].toSorted();
}
