import { chatRouter } from './chat.ts';
import { downloadsRouter } from './downloads.ts';
import { hubRouter } from './hub.ts';
import { keysRouter } from './keys.ts';
import { modelsRouter } from './models.ts';
import { requestsRouter } from './requests.ts';
import { settingsRouter } from './settings.ts';
import { stateRouter } from './state.ts';
import { systemRouter } from './system.ts';
import { router } from './trpc.ts';
import { trustRouter } from './trust.ts';

/** Everything that the page and the command line can ask of the agent. */
export const appRouter = router({
  state: stateRouter,
  system: systemRouter,
  models: modelsRouter,
  hub: hubRouter,
  downloads: downloadsRouter,
  chat: chatRouter,
  keys: keysRouter,
  requests: requestsRouter,
  settings: settingsRouter,
  trust: trustRouter,
});

export type AppRouter = typeof appRouter;
