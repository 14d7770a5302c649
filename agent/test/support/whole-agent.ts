import { lendSample } from '@impetus/test-kit';
import { startAgent, type Agent } from '../../src/agent.ts';
import { readConfig } from '../../src/config/index.ts';
import type { Flags } from '../../src/config/sources.ts';

/** A whole agent in this process, with real runners, that keeps other devices out. */
export async function startWholeAgent(
  flags: Flags & { readonly home: string; readonly models: string },
  env: Readonly<Record<string, string>> = {},
): Promise<Agent> {
  await lendSample(flags.home);
  const alone = { IMPETUS_LAN: '0', IMPETUS_MDNS: '0', IMPETUS_OTHER_APPS: '0' };
  return startAgent(readConfig({ ...flags, httpPort: '0' }, { ...alone, ...env }));
}
