import { ImpetusError, type RunnerCommand, type RunnerEventFor } from '@impetus/contracts';
import { Embedder } from './embedder.ts';
import type { Engine } from './engine.ts';
import { Scheduler } from './scheduler.ts';

/** Commands for a model that is loaded. */
export type ServiceCommand = Extract<RunnerCommand, { type: 'generate' | 'embed' | 'abort' }>;

/** What a loaded runner does with the agent's commands. */
export interface Service {
  handle(command: ServiceCommand): void;
  /** Keeps what is worth keeping, before the process ends. */
  close(): Promise<void>;
}

export function createService(engine: Engine, send: (events: readonly RunnerEventFor[]) => void): Service {
  const scheduler = engine.context === null ? null : new Scheduler(engine, engine.context, send);
  const embedder = new Embedder(engine, send);

  return {
    handle(command) {
      switch (command.type) {
        case 'generate':
          if (scheduler === null) send([{ requestId: command.requestId, event: embeddingsOnly }]);
          else scheduler.generate(command.requestId, command.generation);
          break;
        case 'embed':
          embedder.embed(command.requestId, command.inputs);
          break;
        case 'abort':
          scheduler?.abort(command.requestId);
          embedder.abort(command.requestId);
          break;
      }
    },
    async close() {
      await scheduler?.close();
    },
  };
}

const embeddingsOnly: RunnerEventFor['event'] = {
  kind: 'error',
  error: new ImpetusError(
    'invalid_request',
    'This model makes embeddings and cannot write text. Choose a chat model.',
    { param: 'model' },
  ).toWire(),
};
