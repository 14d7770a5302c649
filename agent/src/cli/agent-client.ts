import { ImpetusError } from '@impetus/contracts';
import { createTRPCClient, httpLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import { homeFiles, readConfig } from '../config/index.ts';
import { readAnnouncement } from '../instance/announcement.ts';
import type { AppRouter } from '../management/router.ts';
import type { Terminal } from './terminal.ts';

export type AgentClient = TRPCClient<AppRouter>;

function notRunning(home: string): ImpetusError {
  return new ImpetusError(
    'not_found',
    `No agent is running for this data folder (${home}); start it with \`npm start\`.`,
  );
}

/** Whether nothing answered at all, as after an agent was killed. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data === undefined && error.cause instanceof TypeError;
}

/** Asks something of the agent that runs on the chosen data folder. */
export async function askAgent<T>(
  terminal: Terminal,
  home: string | undefined,
  ask: (agent: AgentClient) => Promise<T>,
): Promise<T> {
  const config = readConfig(home === undefined ? {} : { home }, terminal.env);
  const announcement = readAnnouncement(homeFiles(config.home).announcement);
  if (announcement === null) throw notRunning(config.home);
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${announcement.http}/trpc`,
        headers: { authorization: `Bearer ${announcement.credential}` },
      }),
    ],
  });
  try {
    return await ask(client);
  } catch (error) {
    throw isUnreachable(error) ? notRunning(config.home) : error;
  }
}
