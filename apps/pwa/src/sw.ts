import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
};

/** Paths that belong to the agent, not to the page. */
const agentPaths = [
  /^\/trpc(\/|$)/,
  /^\/v1(\/|$)/,
  /^\/api(\/|$)/,
  /^\/oauth(\/|$)/,
  /^\/metrics(\?|$)/,
  /^\/\.well-known\//,
  /^\/audit\.jsonl(\?|$)/,
];

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();

// Every page is the same shell, so that a reload works while the Mac is away.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: agentPaths }));

// The page asks for this once its reader agreed to reload; until then the old version stays whole.
self.addEventListener('message', (event) => {
  const message = event.data as { readonly type?: string } | null;
  if (message?.type === 'SKIP_WAITING') void self.skipWaiting();
});
