import { listAuditInput } from '@impetus/contracts';
import { procedureFor, router } from './trpc.ts';

export const auditRouter = router({
  list: procedureFor('admin')
    .input(listAuditInput)
    .query(({ ctx, input }) => ctx.services.audit.list(input)),

  /** What the filters of a screen can offer. */
  facets: procedureFor('admin').query(({ ctx }) => ctx.services.audit.facets()),
});
