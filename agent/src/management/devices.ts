import { idInput, updateDeviceInput } from '@impetus/contracts';
import { requireScope } from '../auth/scopes.ts';
import type { Principal } from '../auth/types.ts';
import type { Services } from '../services.ts';
import { procedure, router } from './trpc.ts';

/** One's own devices may be renamed and revoked; everything else needs the scope admin. */
function requireOwn(principal: Principal, { devices }: Services, id: string): void {
  if (principal.userId === null || devices.find(id)?.userId !== principal.userId) {
    requireScope(principal, 'admin');
  }
}

export const devicesRouter = router({
  /** All of them for those with the scope admin, one's own otherwise. */
  list: procedure.query(({ ctx }) => {
    const { scopes, userId, deviceId } = ctx.principal;
    const all = scopes.includes('admin');
    return ctx.services.devices.list({
      ...(all ? {} : { userId: userId ?? '' }),
      currentId: deviceId,
    });
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
