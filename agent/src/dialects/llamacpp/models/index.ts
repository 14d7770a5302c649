import { llamaModelBody, llamaModelQuery } from '@impetus/contracts/llamacpp';
import type { FastifyInstance } from 'fastify';
import { requireUsable } from '../../../models/usable.ts';
import type { Services } from '../../../services.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { sendEventStream, serverSentEvent, waitingComment } from '../../../wire/stream-reply.ts';
import { parseBody } from '../../../wire/validation.ts';
import { meantModel, modelName } from '../which-model.ts';
import { modelEvents } from './events.ts';
import { routerProps, toProps, toSlots } from './props.ts';

/** GET /props, /slots and /models/sse, POST /models/load and /models/unload. */
export function registerModels(app: FastifyInstance, services: Services): void {
  const { catalogue, feed, inference, system } = services;
  const runnerOf = (id: string) => inference.runners().find(({ modelId }) => modelId === id) ?? null;

  app.get('/props', ({ query }) => props(parseBody(llamaModelQuery, query).model));

  app.get('/slots', ({ query }) => {
    const name = modelName(services, parseBody(llamaModelQuery, query).model);
    const runner = runnerOf(requireUsable(catalogue, name).id);
    return runner?.state === 'ready' ? toSlots(runner) : [];
  });

  app.get('/models/sse', (_request, reply) => {
    const events = modelEvents(feed.subscribe(undefined, clientSignal(reply.raw)));
    return sendEventStream(reply, inServerSentEvents(events));
  });

  app.post('/models/load', { config: { scope: 'load' } }, ({ body }) => {
    const { id } = requireUsable(catalogue, parseBody(llamaModelBody, body).model);
    // A failure is in the model's status, which /models/sse tells.
    inference.load(id).catch(() => {});
    return { success: true };
  });

  app.post('/models/unload', { config: { scope: 'load' } }, ({ body }) => unload(body));

  async function unload(body: unknown) {
    await inference.unload(catalogue.require(parseBody(llamaModelBody, body).model).id);
    return { success: true };
  }

  async function props(named: string | undefined) {
    const { engine } = system.info;
    const name = named ?? meantModel(services)?.id;
    if (name === undefined) return routerProps(engine);
    const entry = requireUsable(catalogue, name);
    const runner = runnerOf(entry.id);
    const { contextSize, sequences } = await inference.plan(entry.id);
    return toProps({
      entry,
      runner,
      contextSize,
      sequences,
      chatTemplate: await catalogue.chatTemplate(entry.id),
      engine,
    });
  }
}

async function* inServerSentEvents(events: AsyncIterable<object>): AsyncGenerator<string, void> {
  yield waitingComment;
  for await (const event of events) yield serverSentEvent(event);
}
