import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writePrivateFile } from '../platform/private-file.ts';

const announcementSchema = z.object({
  pid: z.int(),
  http: z.url(),
  startedAt: z.string(),
  /** What the command line shows to be let in; new at every start. */
  credential: z.string(),
});

/** How the running agent of a data folder is found by the commands of its owner. */
export type Announcement = z.infer<typeof announcementSchema>;

/** Clears away what an agent that was killed has left. To be called by whoever has the lock. */
export function clearAnnouncement(path: string): void {
  rmSync(path, { force: true });
}

export function writeAnnouncement(path: string, announcement: Announcement): Disposable {
  writePrivateFile(path, `${JSON.stringify(announcement, null, 2)}\n`);
  return { [Symbol.dispose]: () => clearAnnouncement(path) };
}

/** What the last agent announced; null where there is nothing, or nothing that can be understood. */
export function readAnnouncement(path: string): Announcement | null {
  try {
    return announcementSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
