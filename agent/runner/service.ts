import { ImpetusError, type RunnerCommand, type RunnerEventFor } from '@impetus/contracts';
import { Embedder } from './embedder.ts';
import type { Engine } from './engine.ts';
import { Scheduler } from './scheduler.ts';

/** What a loaded runner does with the agent's commands. */
export function createService(
  engine: Engine,
  send: (events: readonly RunnerEventFor[]) => void,
): (command: RunnerCommand) => void {
  const scheduler = engine.context === null ? null : new Scheduler(engine, engine.context, send);
  const embedder = new Embedder(engine, send);

  return (command) => {
    switch (command.type) {
      case 'load':
        break;
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
