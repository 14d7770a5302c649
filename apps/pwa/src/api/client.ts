import { createTRPCClient, wsLink } from '@trpc/client';
import type { AppRouter } from '@impetus/agent/router';
import { refuseWhileAway, wsClient } from './link.ts';

/**
 * The agent's procedures. Everything goes over the one WebSocket, so that what the connection pill says
 * holds for questions and commands as well as for what is watched.
 */
export const api = createTRPCClient<AppRouter>({ links: [refuseWhileAway, wsLink({ client: wsClient })] });
