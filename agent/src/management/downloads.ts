import {
  addDownloadInput,
  downloadIdInput,
  moveDownloadInput,
  prioritiseDownloadInput,
  updateDownloadSettingsInput,
} from '@impetus/contracts';
import { namedIn } from './changes.ts';
import { procedure, procedureFor, router } from './trpc.ts';

const downloader = procedureFor('download');

/** Of one download: the audit names its model, for an id says nothing later. */
const ofOne = downloader.use(async ({ ctx, getRawInput, next }) => {
  const { data } = downloadIdInput.safeParse(await getRawInput());
  const found = ctx.services.downloads.list().find(({ id }) => id === data?.id);
  if (found !== undefined) ctx.entry.subject = `${found.repo}:${found.key}`;
  return next();
});

/** The state feed tells how they go: `downloads` and `download-progress`. */
export const downloadsRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.downloads.list()),

  /** Answers when it is in the queue; one of the same files that is under way is joined. */
  add: downloader.input(addDownloadInput).mutation(async ({ ctx, input }) => {
    ctx.entry.subject = input.key === undefined ? input.repo : `${input.repo}:${input.key}`;
    return ctx.services.downloads.add(input);
  }),

  pause: ofOne.input(downloadIdInput).mutation(({ ctx, input }) => ctx.services.downloads.pause(input.id)),

  resume: ofOne.input(downloadIdInput).mutation(({ ctx, input }) => ctx.services.downloads.resume(input.id)),

  /** Takes what was fetched off the disk; of one that ended, only the entry goes. */
  cancel: ofOne.input(downloadIdInput).mutation(({ ctx, input }) => ctx.services.downloads.cancel(input.id)),

  retry: ofOne.input(downloadIdInput).mutation(({ ctx, input }) => ctx.services.downloads.retry(input.id)),

  move: ofOne
    .input(moveDownloadInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.move(input.id, input.before)),

  prioritise: ofOne
    .input(prioritiseDownloadInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.prioritise(input.id, input.priority)),

  pauseAll: downloader.mutation(({ ctx }) => ctx.services.downloads.pauseAll()),

  resumeAll: downloader.mutation(({ ctx }) => ctx.services.downloads.resumeAll()),

  clearDone: downloader.mutation(({ ctx }) => ctx.services.downloads.clearDone()),

  settings: procedure.query(({ ctx }) => ctx.services.downloads.settings()),

  updateSettings: procedureFor('admin')
    .input(updateDownloadSettingsInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.updateSettings(namedIn(input))),
});
