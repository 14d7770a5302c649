import { randomUUID } from 'node:crypto';
import { ImpetusError, type RunnerStatus } from '@impetus/contracts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import type { ModelCatalogue } from '../models/types.ts';
import type { Machine } from '../platform/machine.ts';
import { EventQueue } from './event-queue.ts';
import { ModelHost } from './model-host.ts';
import type { Request, RequestEvent, Work } from './request.ts';
import { spawnRunner, type SpawnRunner } from './runner-process.ts';
import { chooseRunnerSettings } from './runner-settings.ts';
import { StatusPublisher } from './status-publisher.ts';
import type { EmbeddingResult, Inference, InferenceRequest } from './types.ts';

export interface InferenceOptions {
  readonly catalogue: ModelCatalogue;
  readonly feed: StateFeed;
  readonly log: Log;
  /** The owner's choices; null: chosen for the machine. */
  readonly config: { readonly contextSize: number | null; readonly sequences: number | null };
  readonly machine: Machine;
  readonly spawn?: SpawnRunner;
}

interface Resident {
  readonly host: ModelHost;
  readonly publisher: StatusPublisher;
}

/** One model host per model that was ever asked for; each decides for itself when its runner lives. */
export function createInference(options: InferenceOptions): Inference {
  const { catalogue, feed, log, config, machine, spawn = spawnRunner } = options;
  const residents = new Map<string, Resident>();
  let closed = false;

  function host(modelId: string): ModelHost {
    if (closed) throw shuttingDown();
    const known = residents.get(modelId);
    const entry = catalogue.require(modelId);
    if (entry.problem !== null) {
      throw new ImpetusError('model_unusable', `${entry.name} cannot be loaded. ${entry.problem}`, {
        param: 'model',
      });
    }
    if (known !== undefined) return known.host;
    const created = new ModelHost({
      entry,
      settings: chooseRunnerSettings({
        entry,
        shape: catalogue.kvShape(modelId),
        machine,
        contextSize: config.contextSize,
        sequences: config.sequences,
      }),
      spawn,
      onChange: () => residents.get(modelId)?.publisher.touch(),
      onLoaded: (runner) => log.info({ model: modelId, pid: runner.pid, ...runner.model }, 'model loaded'),
      onFailure: (error) =>
        log.error({ model: modelId, code: error.code, err: error.message }, 'runner failed'),
    });
    const publisher = new StatusPublisher(feed, () => created.status(performance.now()));
    residents.set(modelId, { host: created, publisher });
    return created;
  }

  function runners(): RunnerStatus[] {
    const now = performance.now();
    return [...residents.values()]
      .map((resident) => resident.host.status(now))
      .filter(({ state }) => state !== 'stopped');
  }

  return {
    runners,

    load: async (modelId) => host(modelId).load(),

    async unload(modelId, { now = false } = {}) {
      const { name } = catalogue.require(modelId);
      const reason = new ImpetusError('cancelled', `${name} was unloaded by its owner.`);
      await residents.get(modelId)?.host.unload(reason, now);
    },

    async *generate(request) {
      const events = new EventQueue();
      const { input, modelId, signal } = request;
      const cancel = submit(host(modelId), { type: 'generate', generation: input }, signal, {
        onEvent: (event) => {
          if (event.kind !== 'embedded') events.push(event);
        },
        onQueued: (position) => events.push({ kind: 'queued', position }),
        onLoading: (progress) => events.push({ kind: 'loading', progress }),
        onFailure: (error) => events.fail(error),
      });
      try {
        yield* events.read();
      } finally {
        cancel();
      }
    },

    embed: (request) => embed(host(request.modelId), request),

    async [Symbol.asyncDispose]() {
      closed = true;
      const all = [...residents.values()];
      await Promise.all(all.map((resident) => resident.host.unload(shuttingDown(), true)));
      for (const { publisher } of all) publisher[Symbol.dispose]();
    },
  };
}

type Listener = Omit<Request, 'id' | 'work'>;

/** Submits work and answers how to end it; a client that goes away ends it too. */
function submit(host: ModelHost, work: Work, signal: AbortSignal, listener: Listener): () => void {
  const request: Request = { id: randomUUID(), work, ...withoutRepeats(listener) };
  const cancel = () => {
    signal.removeEventListener('abort', onAbort);
    host.cancel(request.id);
  };
  const onAbort = () => {
    cancel();
    listener.onFailure(new ImpetusError('cancelled', 'The request was cancelled.'));
  };
  if (signal.aborted) {
    onAbort();
    return () => {};
  }
  signal.addEventListener('abort', onAbort, { once: true });
  host.submit(request);
  return cancel;
}

/** A host tells those who wait whenever anything changes; a request needs to hear only what is new to it. */
function withoutRepeats(listener: Listener): Listener {
  let position: number | null = null;
  let progress: number | null = null;
  return {
    ...listener,
    onQueued(next) {
      if (next !== position) listener.onQueued(next);
      position = next;
    },
    onLoading(next) {
      if (next !== progress) listener.onLoading(next);
      progress = next;
    },
  };
}

async function embed(
  host: ModelHost,
  { input, signal }: InferenceRequest<readonly (string | number[])[]>,
): Promise<EmbeddingResult> {
  const { promise, resolve, reject } = Promise.withResolvers<EmbeddingResult>();
  const cancel = submit(host, { type: 'embed', inputs: input }, signal, {
    onEvent: (event: RequestEvent) => {
      if (event.kind === 'embedded') resolve(event);
    },
    onQueued: () => {},
    onLoading: () => {},
    onFailure: reject,
  });
  try {
    return await promise;
  } finally {
    cancel();
  }
}

function shuttingDown(): ImpetusError {
  return new ImpetusError('shutting_down', 'The agent is shutting down. Try again when it is back.', {
    retryAfterSeconds: 5,
  });
}
