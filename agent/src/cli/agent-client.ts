import { ImpetusError } from '@impetus/contracts';
import { createTRPCClient, httpLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import { homeFiles, readConfig } from '../config/index.ts';
import { readAnnouncement } from '../instance/announcement.ts';
import type { AppRouter } from '../management/router.ts';
import { readLogin } from './remote/login-file.ts';
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

/** Where a command goes, and what lets it in. */
interface Destination {
  readonly url: string;
  readonly credential: string;
  /** What is wrong where nothing answers. */
  readonly away: ImpetusError;
}

async function elsewhere(home: string): Promise<Destination | null> {
  if (readLogin(home) === null) return null;
  const { freshAccess, trustServer } = await import('./remote/session.ts');
  const { server } = readLogin(home) ?? { server: '' };
  trustServer(home, server);
  const away = new ImpetusError(
    'not_found',
    `The agent at ${server} does not answer. \`impetus logout\` goes back to this computer.`,
  );
  const { accessToken } = await freshAccess(home).catch((error: unknown) => {
    throw error instanceof TypeError ? away : error;
  });
  return { url: server, credential: accessToken, away };
}

function here(home: string): Destination {
  const announcement = readAnnouncement(homeFiles(home).announcement);
  if (announcement === null) throw notRunning(home);
  return { url: announcement.http, credential: announcement.credential, away: notRunning(home) };
}

/** Asks something of the agent that runs on the chosen data folder, or of the one where this computer signed in. */
export async function askAgent<T>(
  terminal: Terminal,
  home: string | undefined,
  ask: (agent: AgentClient) => Promise<T>,
): Promise<T> {
  const config = readConfig(home === undefined ? {} : { home }, terminal.env);
  const { url, credential, away } = (await elsewhere(config.home)) ?? here(config.home);
  const headers = { authorization: `Bearer ${credential}` };
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] });
  try {
    return await ask(client);
  } catch (error) {
    throw isUnreachable(error) ? away : error;
  }
}
