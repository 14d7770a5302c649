import {
  ImpetusError,
  toImpetusError,
  type RunnerCommand,
  type RunnerEvent,
  type RunnerEventFor,
  type RunnerQuestion,
} from '@impetus/contracts';
import { Embedder } from './embedder.ts';
import type { Engine } from './engine.ts';
import { answerQuestion } from './questions.ts';
import { Ranker } from './ranker.ts';
import { Scheduler } from './scheduler.ts';

/** Commands for a model that is loaded. */
export type ServiceCommand = Extract<
  RunnerCommand,
  { type: 'generate' | 'embed' | 'rank' | 'ask' | 'abort' }
>;

/** What a loaded runner does with the agent's commands. */
export interface Service {
  handle(command: ServiceCommand): void;
  /** Keeps what is worth keeping, before the process ends. */
  close(): Promise<void>;
}

export function createService(engine: Engine, send: (events: readonly RunnerEventFor[]) => void): Service {
  const scheduler = engine.context === null ? null : new Scheduler(engine, engine.context, send);
  const embedder = new Embedder(engine, send);
  const ranker = new Ranker(engine, send);

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
        case 'rank':
          ranker.rank(command.requestId, command.query, command.documents);
          break;
        case 'ask':
          send([{ requestId: command.requestId, event: answer(engine, command.question) }]);
          break;
        case 'abort':
          ranker.abort(command.requestId);
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

function answer(engine: Engine, question: RunnerQuestion): RunnerEvent {
  try {
    return { kind: 'answered', answer: answerQuestion(engine, question) };
  } catch (error) {
    return { kind: 'error', error: toImpetusError(error).toWire() };
  }
}

const embeddingsOnly: RunnerEventFor['event'] = {
  kind: 'error',
  error: new ImpetusError(
    'invalid_request',
    'This model makes embeddings or scores and cannot write text. Choose a chat model.',
    { param: 'model' },
  ).toWire(),
};
