import type { ModelEntry, RunnerStatus } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import { namedModels } from '../../models/named.ts';
import { requireUsable } from '../../models/usable.ts';
import type { Services } from '../../services.ts';
import { requireKeys } from '../authenticate.ts';

/** GET /api/v0/models and /api/v0/models/{id}: what clients of LM Studio's REST API look for. */
export function registerLmStudio(app: FastifyInstance, services: Services): void {
  const { access, catalogue, inference, settings } = services;
  requireKeys(app, access);

  app.get('/api/v0/models', () => ({
    object: 'list',
    data: namedModels(catalogue.list(), settings.defaultModel())
      .filter(({ entry }) => entry.kind !== 'rerank')
      .map(({ name, entry }) => toModel(name, entry, inference.runners())),
  }));

  // Ids may hold slashes, as the folders that models lie in.
  app.get<{ Params: { '*': string } }>('/api/v0/models/*', ({ params }) => {
    const name = params['*'];
    return toModel(name, requireUsable(catalogue, name), inference.runners());
  });
}

/** A model by one of its names, in LM Studio's words. */
export function toModel(name: string, entry: ModelEntry, runners: readonly RunnerStatus[]) {
  const runner = runners.find(({ modelId, state }) => modelId === entry.id && state === 'ready');
  return {
    id: name,
    object: 'model',
    // No model is one that sees: runners read text alone.
    type: entry.kind === 'embedding' ? 'embeddings' : 'llm',
    publisher: entry.origin?.repo.split('/', 1)[0] ?? 'local',
    arch: entry.architecture,
    compatibility_type: entry.format,
    quantization: entry.quant,
    state: runner === undefined ? 'not-loaded' : 'loaded',
    max_context_length: entry.contextLength,
    ...(runner !== undefined && { loaded_context_length: runner.contextSize }),
    capabilities: entry.capabilities.includes('tools') ? ['tool_use'] : [],
  };
}
