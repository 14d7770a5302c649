import { auditRouter } from './audit.ts';
import { benchmarksRouter } from './benchmarks.ts';
import { chatRouter } from './chat.ts';
import { connectRouter } from './connect.ts';
import { devicesRouter } from './devices.ts';
import { downloadsRouter } from './downloads.ts';
import { grantsRouter } from './grants.ts';
import { hubRouter } from './hub.ts';
import { keysRouter } from './keys.ts';
import { libraryRouter } from './library.ts';
import { modelsRouter } from './models.ts';
import { pairingRouter } from './pairing.ts';
import { passkeysRouter } from './passkeys.ts';
import { requestsRouter } from './requests.ts';
import { sessionRouter } from './session.ts';
import { settingsRouter } from './settings.ts';
import { setupRouter } from './setup.ts';
import { stateRouter } from './state.ts';
import { systemRouter } from './system.ts';
import { router } from './trpc.ts';
import { uploadsRouter } from './uploads.ts';
import { trustRouter } from './trust.ts';
import { usersRouter } from './users.ts';

/** Everything that the page and the command line can ask of the agent. */
export const appRouter = router({
  state: stateRouter,
  system: systemRouter,
  models: modelsRouter,
  library: libraryRouter,
  benchmarks: benchmarksRouter,
  uploads: uploadsRouter,
  hub: hubRouter,
  downloads: downloadsRouter,
  chat: chatRouter,
  setup: setupRouter,
  session: sessionRouter,
  users: usersRouter,
  devices: devicesRouter,
  pairing: pairingRouter,
  passkeys: passkeysRouter,
  grants: grantsRouter,
  keys: keysRouter,
  connect: connectRouter,
  audit: auditRouter,
  requests: requestsRouter,
  settings: settingsRouter,
  trust: trustRouter,
});

export type AppRouter = typeof appRouter;
