import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '@impetus/agent/router';

/**
 * The procedures over http: for whoever has no session yet, and wherever an answer brings a cookie or takes one
 * away, which a WebSocket cannot. `same-origin` sends the cookie to the agent that served the page, and nowhere else.
 */
export const httpApi = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: '/trpc',
      fetch: (url, options) =>
        fetch(url, { ...(options as RequestInit), credentials: 'same-origin', cache: 'no-store' }),
    }),
  ],
});
