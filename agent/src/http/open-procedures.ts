import { appRouter } from '../management/router.ts';
import type { ProcedureMeta } from '../management/trpc.ts';

const procedures = appRouter._def.procedures as unknown as Readonly<
  Record<string, { readonly _def: { readonly meta?: ProcedureMeta } } | undefined>
>;

/** Whether every procedure that a path of tRPC names may be called by anyone. */
export function isOpenPath(path: string): boolean {
  const [, names = ''] = /^\/trpc\/([^/]+)\/?$/u.exec(path) ?? [];
  return names.split(',').every((name) => procedures[name]?._def.meta?.open === true);
}
