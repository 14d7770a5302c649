/** What a key or a device may do. `admin` includes every other scope. */
export const scopes = ['infer', 'load', 'download', 'remove', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** Whether a set of scopes permits what `needed` stands for. */
export function permits(granted: readonly Scope[], needed: Scope): boolean {
  return granted.includes(needed) || granted.includes('admin');
}
