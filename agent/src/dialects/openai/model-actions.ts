import type { ModelEntry } from '@impetus/contracts';
import { modelActionBody, type ModelActionBody } from '@impetus/contracts/openai';
import type { FastifyInstance } from 'fastify';
import { requireUsable } from '../../models/usable.ts';
import type { Services } from '../../services.ts';
import { switchModel } from '../../system/switch-model.ts';
import { parseBody } from '../../wire/validation.ts';
import { toModel } from './model-object.ts';
import { modelTarget, wrongMethod, type ModelAction } from './model-target.ts';

/** POST /v1/models/{id}/load, /unload and /switch; each answers with the model as it is then. */
export function registerModelActions(app: FastifyInstance, services: Services): void {
  const { catalogue, inference } = services;
  acceptEmptyBodies(app);

  app.post<{ Params: { '*': string } }>(
    '/v1/models/*',
    { config: { scope: 'load' } },
    async ({ params, body }, reply) => {
      const { model, action } = modelTarget(params['*']);
      const entry = catalogue.require(model);
      if (action === null) throw wrongMethod(reply, 'POST', ['GET', 'HEAD']);
      const options = parseBody(modelActionBody, body ?? {});
      const { done } = await begin(action, entry, options, services);
      if (options.wait === false) void reply.code(202);
      else await done;
      return toModel(model, entry, inference.runners());
    },
  );
}

/** Resolves when it is under way, with a promise of its end. */
async function begin(
  action: ModelAction,
  { id }: ModelEntry,
  { now }: ModelActionBody,
  services: Services,
): Promise<{ readonly done: Promise<void> }> {
  const { catalogue, inference } = services;
  if (action === 'unload') return { done: unobserved(inference.unload(id, { now: now === true })) };
  requireUsable(catalogue, id);
  if (action === 'load') return { done: unobserved(inference.load(id)) };
  const { ready } = await switchModel(services, id);
  return { done: ready };
}

/** Whoever does not wait for it sees a failure in the model's status. */
function unobserved(done: Promise<void>): Promise<void> {
  done.catch(() => {});
  return done;
}

/** Clients that always name a content type send no body with it where none is needed. */
function acceptEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, null);
    else void parse(request, body as string, done);
  });
}
