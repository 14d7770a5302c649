import { setImmediate as nextTurn } from 'node:timers/promises';
import { toImpetusError } from '@impetus/contracts';
import type { InferenceOptions, InferenceParts } from './parts.ts';

/** Begins what waits until the agent is ready, and follows what its owner chooses from then on. */
export function followAgent(options: InferenceOptions, parts: InferenceParts): Disposable {
  const { bus } = options;
  const { hosts, residents, spare, prunePromptCache } = parts;
  const stack = new DisposableStack();
  const reconsider = () => {
    residents.reconsider();
    hosts.touch();
  };
  stack.use(
    bus.on('agent-ready', () => {
      // Whoever started the agent is told first that it is ready.
      void nextTurn().then(() => {
        if (stack.disposed) return;
        spare.startSoon();
        prunePromptCache();
        void preload(options, parts, stack);
      });
    }),
  );
  stack.use(
    bus.on('agent-settings-changed', () => {
      void spare.follow();
      prunePromptCache();
      reconsider();
    }),
  );
  stack.use(bus.on('model-settings-changed', reconsider));
  return stack;
}

/** One after the other: together they would only wait for the same disk. A failure is in the model's status too. */
async function preload(
  { catalogue, modelSettings, log }: InferenceOptions,
  { hosts }: InferenceParts,
  following: { readonly disposed: boolean },
): Promise<void> {
  const wanted = catalogue.list().filter(({ id }) => modelSettings.get(id).preload);
  for (const { id } of wanted) {
    if (following.disposed) return;
    try {
      await hosts.of(id).load();
    } catch (error) {
      const { code, message } = toImpetusError(error);
      log.warn({ model: id, code, err: message }, 'model could not be loaded at start');
    }
  }
}
