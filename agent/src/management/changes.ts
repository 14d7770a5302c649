/** What a client named to be changed. JSON knows no undefined; the types of optional fields do. */
export function namedIn<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as { [K in keyof T]: Exclude<T[K], undefined> };
}
