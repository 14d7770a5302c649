import { startAgentProcess, type AgentProcess } from '@impetus/test-kit';
import { sampleRepos, startLocalHub, type LocalHub } from '@impetus/test-kit/hub';

/** A Hub on loopback with models that load. */
export async function startHub(): Promise<LocalHub> {
  return startLocalHub({ repos: await sampleRepos() });
}

/** An agent that asks that Hub; `port` keeps the page where it is when the agent is started again. */
export function startAgentWithHub(home: string, hub: LocalHub, port?: string): Promise<AgentProcess> {
  return startAgentProcess({
    home,
    env: {
      IMPETUS_NAME: 'Studio',
      HF_ENDPOINT: hub.url,
      ...(port !== undefined && { IMPETUS_HTTP_PORT: port }),
    },
  });
}
