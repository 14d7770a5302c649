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

/** The state feed tells how they go: `downloads` and `download-progress`. */
export const downloadsRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.downloads.list()),

  /** Answers when it is in the queue; one of the same files that is under way is joined. */
  add: downloader.input(addDownloadInput).mutation(({ ctx, input }) => ctx.services.downloads.add(input)),

  pause: downloader
    .input(downloadIdInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.pause(input.id)),

  resume: downloader
    .input(downloadIdInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.resume(input.id)),

  /** Takes what was fetched off the disk; of one that ended, only the entry goes. */
  cancel: downloader
    .input(downloadIdInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.cancel(input.id)),

  retry: downloader
    .input(downloadIdInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.retry(input.id)),

  move: downloader
    .input(moveDownloadInput)
    .mutation(({ ctx, input }) => ctx.services.downloads.move(input.id, input.before)),

  prioritise: downloader
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
