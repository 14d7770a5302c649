import { approveGrantInput, idInput, userCodeInput } from '@impetus/contracts';
import { procedureForApprover } from './approver.ts';
import { procedureFor, router } from './trpc.ts';

/** Clients on other machines: their codes are entered here, and here they are ended. */
export const grantsRouter = router({
  /** Who waits with a code. A mutation, so that the code stays out of addresses and logs. */
  lookUp: procedureForApprover
    .meta({ audit: false })
    .input(userCodeInput)
    .mutation(({ ctx, input }) => ctx.services.oauth.lookUp(input.userCode, ctx.principal)),

  approve: procedureForApprover.input(approveGrantInput).mutation(({ ctx, input }) => {
    const request = ctx.services.oauth.approve(input, ctx.principal);
    ctx.entry.subject = request.deviceName;
    ctx.entry.detail = { client: request.clientId, askedFrom: request.address };
    return request;
  }),

  deny: procedureForApprover.input(userCodeInput).mutation(({ ctx, input }) => {
    const request = ctx.services.oauth.deny(input.userCode, ctx.principal);
    ctx.entry.subject = request.deviceName;
    ctx.entry.detail = { client: request.clientId, askedFrom: request.address };
    return request;
  }),

  /** Newest first, revoked ones included. */
  list: procedureFor('admin').query(({ ctx }) => ctx.services.oauth.list()),

  revoke: procedureFor('admin')
    .input(idInput)
    .mutation(async ({ ctx, input }) => {
      const grant = await ctx.services.oauth.revoke(input.id);
      ctx.entry.subject = grant.deviceName;
      return grant;
    }),
});
