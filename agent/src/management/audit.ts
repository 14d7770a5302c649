import { listAuditInput } from '@impetus/contracts';
import { openFiles } from '../platform/open-files.ts';
import { findingsOf } from '../system/security-findings.ts';
import { procedureFor, router } from './trpc.ts';

export const auditRouter = router({
  list: procedureFor('admin')
    .input(listAuditInput)
    .query(({ ctx, input }) => ctx.services.audit.list(input)),

  /** What the filters of a screen can offer. */
  facets: procedureFor('admin').query(({ ctx }) => ctx.services.audit.facets()),

  /** What is open, for `impetus doctor security`. */
  doctor: procedureFor('admin').query(({ ctx }) => {
    const { system, users, devices, keys, settings, trust } = ctx.services;
    return findingsOf({
      now: Date.now(),
      http: system.info.http,
      users: users.list(),
      devices: devices.list(),
      keys: keys.list(),
      corsOrigins: settings.agent().corsOrigins,
      ollamaWithoutKey: settings.agent().ollamaWithoutKey,
      trust: trust.status(),
      openFiles: openFiles(system.info.home),
    });
  }),
});
