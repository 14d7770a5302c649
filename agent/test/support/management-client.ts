import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentProcess } from '@impetus/test-kit';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '../../src/management/router.ts';

/** What the command line shows to be let in. */
export function credentialOf({ home }: Pick<AgentProcess, 'home'>): string {
  const { credential } = JSON.parse(readFileSync(join(home, 'agent.json'), 'utf8')) as { credential: string };
  return credential;
}

/** The management procedures of an agent in a process of its own. */
export function managementClient(agent: AgentProcess): TRPCClient<AppRouter> {
  const headers = { authorization: `Bearer ${credentialOf(agent)}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${agent.url}/trpc`, headers })] });
}
