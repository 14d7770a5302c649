import { homeFiles } from '../../src/config/index.ts';
import { readAnnouncement, type Announcement } from '../../src/instance/announcement.ts';
import type { AppRouter } from '../../src/management/router.ts';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';

/** Where the agent of a data folder listens, and what its owner's commands show to be let in. */
export function ownerOf(home: string): Announcement {
  const announcement = readAnnouncement(homeFiles(home).announcement);
  if (announcement === null) throw new Error(`No agent runs on ${home}.`);
  return announcement;
}

/** A client of the agent that runs on a data folder, with the rights of its owner. */
export function ownerClient(home: string): TRPCClient<AppRouter> {
  const { http, credential } = ownerOf(home);
  const headers = { authorization: `Bearer ${credential}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${http}/trpc`, headers })] });
}
