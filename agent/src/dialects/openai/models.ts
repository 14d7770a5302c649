import { ImpetusError } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import { namedModels } from '../../models/named.ts';
import type { Services } from '../../services.ts';
import { toModel } from './model-object.ts';
import { modelTarget, wrongMethod } from './model-target.ts';

/** GET /v1/models and /v1/models/{id}: the models that can answer, by each of their names. */
export function registerModels(app: FastifyInstance, { catalogue, inference, settings }: Services): void {
  app.get('/v1/models', () => {
    const runners = inference.runners();
    const named = namedModels(catalogue.list(), settings.defaultModel());
    return { object: 'list', data: named.map(({ name, entry }) => toModel(name, entry, runners)) };
  });

  // Ids may hold slashes, as the folders that models lie in.
  app.get<{ Params: { '*': string } }>('/v1/models/*', ({ params }, reply) => {
    const name = params['*'];
    const { model, action } = modelTarget(name);
    if (action !== null && catalogue.find(name) === undefined && catalogue.find(model) !== undefined) {
      throw wrongMethod(reply, 'GET', ['POST']);
    }
    const entry = catalogue.require(name);
    if (entry.problem === null) return toModel(name, entry, inference.runners());
    throw new ImpetusError('model_not_found', `${entry.name} is no model that can answer. ${entry.problem}`, {
      param: 'model',
    });
  });
}
