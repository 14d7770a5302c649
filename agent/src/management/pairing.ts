import {
  approvePairingInput,
  awaitPairingInput,
  beginPairingInput,
  followPairingInput,
  idInput,
  ImpetusError,
  joinPairingInput,
  pairingTicketInput,
  revealPairingInput,
  type CurrentSession,
} from '@impetus/contracts';
import type { Asking } from '../auth/pairing/types.ts';
import { sessionCookie } from '../auth/sessions/cookies.ts';
import { plainUserAgent } from '../auth/user-agent-text.ts';
import { procedureForApprover } from './approver.ts';
import { currentSession } from './session.ts';
import { becomes } from './sign-in.ts';
import { openProcedure, router, type ManagementContext } from './trpc.ts';

const never = new AbortController().signal;

const askingFrom = ({ address, userAgent }: ManagementContext): Asking => ({
  address: address ?? '',
  userAgent: plainUserAgent(userAgent),
});

/** Names the device in the audit: the id of an invitation says nothing later. */
function aboutInvitation(ctx: ManagementContext, id: string): void {
  const invitation = ctx.services.pairing.list().find((each) => each.id === id);
  ctx.entry.subject = invitation?.name ?? id;
  if (invitation?.asker) ctx.entry.detail = { askedFrom: invitation.asker.address };
}

export const pairingRouter = router({
  /** The answer holds the only copy of the codes. */
  begin: procedureForApprover
    .input(beginPairingInput)
    .mutation(({ ctx, input }) => ctx.services.pairing.begin(input, ctx.principal)),

  list: procedureForApprover.query(({ ctx }) => ctx.services.pairing.list()),

  /** The list now, and whenever it changes: what the live prompt of a screen follows. */
  watch: procedureForApprover.subscription(async function* ({ ctx, signal = never }) {
    for await (const views of ctx.services.pairing.watch(signal)) {
      yield views;
      await ctx.writable(signal);
    }
  }),

  /** For those without a subscription: held until the invitation is not the one that was seen. */
  follow: procedureForApprover
    .meta({ audit: false })
    .input(followPairingInput)
    .mutation(({ ctx, input, signal = never }) => ctx.services.pairing.follow(input, signal)),

  approve: procedureForApprover.input(approvePairingInput).mutation(({ ctx, input }) => {
    aboutInvitation(ctx, input.id);
    return ctx.services.pairing.approve(input, ctx.principal);
  }),

  deny: procedureForApprover.input(idInput).mutation(({ ctx, input }) => {
    aboutInvitation(ctx, input.id);
    return ctx.services.pairing.deny(input.id);
  }),

  cancel: procedureForApprover.input(idInput).mutation(({ ctx, input }) => {
    aboutInvitation(ctx, input.id);
    return ctx.services.pairing.cancel(input.id);
  }),

  /** Here the asking device begins. Tickets travel in bodies alone, so all of these are mutations. */
  join: openProcedure
    .input(joinPairingInput)
    .mutation(({ ctx, input }) => ctx.services.pairing.join(input, askingFrom(ctx))),

  reveal: openProcedure
    .meta({ open: true, audit: false })
    .input(revealPairingInput)
    .mutation(({ ctx, input }) => ctx.services.pairing.reveal(input)),

  await: openProcedure
    .meta({ open: true, audit: false })
    .input(awaitPairingInput)
    .mutation(({ ctx, input, signal = never }) => ctx.services.pairing.await(input, signal)),

  leave: openProcedure
    .meta({ open: true, audit: false })
    .input(pairingTicketInput)
    .mutation(({ ctx, input }) => ctx.services.pairing.leave(input.ticket)),

  /** Signs the asking browser in, once it is approved. */
  claim: openProcedure.input(pairingTicketInput).mutation(async ({ ctx, input }): Promise<CurrentSession> => {
    const { services, setCookie, via } = ctx;
    if (setCookie === null) {
      throw new ImpetusError('invalid_request', 'Come in over http: a WebSocket carries no cookies.');
    }
    const { device, session } = await services.pairing.claim(input.ticket, askingFrom(ctx));
    setCookie(sessionCookie(via, session.token, session.endsAt));
    const user = services.users.find(device.userId);
    if (user === undefined) throw new ImpetusError('conflict', 'The user of this device is gone.');
    const principal = becomes(ctx, device, user, session.sessionId);
    ctx.entry.subject = device.name;
    return currentSession(services, principal);
  }),
});
