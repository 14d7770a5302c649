import { idInput, updateDeviceInput } from '@impetus/contracts';
import { accountOf, requireScope } from '../auth/scopes.ts';
import type { Principal } from '../auth/types.ts';
import type { Services } from '../services.ts';
import { procedure, router } from './trpc.ts';

/** Oneself, and the devices of one's own account, may be renamed and revoked; all others need the scope admin. */
function requireOwn(principal: Principal, { users, devices }: Services, id: string): void {
  if (id === principal.deviceId) return;
  const account = accountOf(principal, users, devices);
  if (account === null || devices.find(id)?.userId !== account.id) requireScope(principal, 'admin');
}

export const devicesRouter = router({
  /** All of them for those with the scope admin, otherwise those of one's own account, or oneself alone. */
  list: procedure.query(({ ctx }) => {
    const { devices, users } = ctx.services;
    const currentId = ctx.principal.deviceId;
    if (ctx.principal.scopes.includes('admin')) return devices.list({ currentId });
    const account = accountOf(ctx.principal, users, devices);
    if (account !== null) return devices.list({ userId: account.id, currentId });
    return devices.list({ currentId }).filter(({ current }) => current);
  }),

  update: procedure.input(updateDeviceInput).mutation(({ ctx, input }) => {
    requireOwn(ctx.principal, ctx.services, input.id);
    if (input.scopes !== undefined) requireScope(ctx.principal, 'admin');
    return ctx.services.devices.update(input);
  }),

  /** Its sessions, keys, sockets and streams end. */
  revoke: procedure.input(idInput).mutation(({ ctx, input }) => {
    requireOwn(ctx.principal, ctx.services, input.id);
    return ctx.services.devices.revoke(input.id);
  }),
});
