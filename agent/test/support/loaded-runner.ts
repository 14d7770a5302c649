import type {
  Generation,
  PromptCacheOptions,
  RunnerEvent,
  RunnerQuestion,
  RunnerSettings,
} from '@impetus/contracts';
import { waitFor } from '@impetus/test-kit';
import { endsRequest } from '../../src/inference/queue/request.ts';
import { spawnRunner } from '../../src/inference/runners/runner-process.ts';

/** A real runner with a model, without an agent around it. */
export interface LoadedRunner extends AsyncDisposable {
  generate(requestId: string, generation: Partial<Generation> & Pick<Generation, 'prompt'>): void;
  ask(requestId: string, question: RunnerQuestion): void;
  rank(requestId: string, query: string, documents: readonly string[]): void;
  abort(requestId: string): void;
  /** What a request heard so far. */
  events(requestId: string): readonly RunnerEvent[];
  /** Resolves with everything that a request heard, once that is all. */
  ended(requestId: string): Promise<readonly RunnerEvent[]>;
}

export const plainSettings: RunnerSettings = {
  contextSize: 4_096,
  sequences: 2,
  batchSize: 512,
  threads: 1,
  gpu: false,
  purpose: 'generation',
  gpuLayers: null,
  flashAttention: null,
  kvType: 'f16',
  chatTemplate: null,
  speculation: { kind: 'off' },
  adapters: [],
};

export async function loadRunner(
  modelPath: string,
  promptCache: PromptCacheOptions | null,
  settings: Partial<RunnerSettings> = {},
): Promise<LoadedRunner> {
  const heard: { requestId: string; event: RunnerEvent }[] = [];
  const ready = Promise.withResolvers<void>();
  let lastWords: string | null = null;
  const runner = spawnRunner({
    onMessage: (message) => {
      if (message.type === 'loaded') ready.resolve();
      if (message.type === 'load-failed') ready.reject(new Error(message.error.message));
      if (message.type === 'events') heard.push(...message.events);
    },
    onExit: ({ stderr }) => {
      lastWords = stderr;
      ready.reject(new Error(stderr));
    },
  });
  runner.send({ type: 'load', modelPath, settings: { ...plainSettings, ...settings }, promptCache });
  await ready.promise;
  const events = (id: string) => heard.filter(({ requestId }) => requestId === id).map(({ event }) => event);
  return {
    events,
    generate: (requestId, generation) =>
      runner.send({
        type: 'generate',
        requestId,
        generation: { sampling: { temperature: 0 }, maxTokens: 8, stop: [], ignoreEnd: true, ...generation },
      }),
    ask: (requestId, question) => runner.send({ type: 'ask', requestId, question }),
    rank: (requestId, query, documents) => runner.send({ type: 'rank', requestId, query, documents }),
    abort: (requestId) => runner.send({ type: 'abort', requestId }),
    ended: async (id) => {
      await waitFor(`the end of ${id}`, () => lastWords !== null || events(id).some(endsRequest));
      if (lastWords !== null) throw new Error(`The runner ended: ${lastWords}`);
      return events(id);
    },
    [Symbol.asyncDispose]: () => runner.stop(),
  };
}
