import { homeFiles } from '../../src/config/index.ts';
import { readAnnouncement } from '../../src/instance/announcement.ts';
import type { AppRouter } from '../../src/management/router.ts';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';

/** A client of the agent that runs on a data folder, with the rights of its owner. */
export function ownerClient(home: string): TRPCClient<AppRouter> {
  const announcement = readAnnouncement(homeFiles(home).announcement);
  if (announcement === null) throw new Error(`No agent runs on ${home}.`);
  const headers = { authorization: `Bearer ${announcement.credential}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${announcement.http}/trpc`, headers })] });
}
