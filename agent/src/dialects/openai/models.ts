import { ImpetusError, type ModelEntry, type RunnerStatus } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';

/** GET /v1/models and /v1/models/{id}: the models that can answer. */
export function registerModels(app: FastifyInstance, { catalogue, inference }: Services): void {
  const describe = (entry: ModelEntry) => toModel(entry, inference.runners());

  app.get('/v1/models', () => ({
    object: 'list',
    data: catalogue
      .list()
      .filter(({ problem }) => problem === null)
      .map(describe),
  }));

  // Ids may hold slashes, as the folders that models lie in.
  app.get<{ Params: { '*': string } }>('/v1/models/*', ({ params }) => {
    const entry = catalogue.require(params['*']);
    if (entry.problem !== null) {
      throw new ImpetusError(
        'model_not_found',
        `${entry.name} is no model that can answer. ${entry.problem}`,
        {
          param: 'model',
        },
      );
    }
    return describe(entry);
  });
}

/** OpenAI's fields, and `meta` and `status` as llama.cpp's server gives them. */
function toModel(entry: ModelEntry, runners: readonly RunnerStatus[]) {
  const runner = runners.find(({ modelId }) => modelId === entry.id);
  const loaded = runner?.state === 'ready';
  return {
    id: entry.id,
    object: 'model',
    created: Math.floor(Date.parse(entry.modifiedAt) / 1_000),
    owned_by: 'impetus',
    meta: {
      n_ctx: loaded ? runner.contextSize : null,
      n_ctx_train: entry.contextLength,
      n_params: entry.parameters,
      size: entry.sizeBytes,
    },
    status: { value: loaded ? 'loaded' : runner?.state === 'starting' ? 'loading' : 'unloaded' },
  };
}
