import { ImpetusError, type RunnerStatus } from '@impetus/contracts';
import { modelListQuery, type ModelListQuery } from '@impetus/contracts/anthropic';
import type { FastifyInstance } from 'fastify';
import { namedModels, type NamedModel } from '../../models/named.ts';
import { requireUsable } from '../../models/usable.ts';
import type { Services } from '../../services.ts';
import { parseBody } from '../../wire/validation.ts';
import { onlyAnthropic } from './clients.ts';

/** GET /v1/models and /v1/models/{id} as Anthropic's clients read them. */
export function registerModels(app: FastifyInstance, { catalogue, inference, settings }: Services): void {
  app.get('/v1/models', onlyAnthropic, ({ query }) => {
    const named = namedModels(catalogue.list(), settings.defaultModel());
    const { page, hasMore } = pageOf(named, parseBody(modelListQuery, query));
    const runners = inference.runners();
    return {
      data: page.map((model) => toModelInfo(model, runners)),
      has_more: hasMore,
      first_id: page.at(0)?.name ?? null,
      last_id: page.at(-1)?.name ?? null,
    };
  });

  // Ids may hold slashes, as the folders that models lie in.
  app.get<{ Params: { '*': string } }>('/v1/models/*', onlyAnthropic, ({ params }) => {
    const name = params['*'];
    return toModelInfo({ name, entry: requireUsable(catalogue, name) }, inference.runners());
  });
}

/** Anthropic's fields of a model; what nobody knows of a model of one's own is null. */
export function toModelInfo({ name, entry }: NamedModel, runners: readonly RunnerStatus[]) {
  const runner = runners.find(({ modelId, state }) => modelId === entry.id && state === 'ready');
  const contextSize = runner?.contextSize ?? entry.contextLength;
  return {
    type: 'model',
    id: name,
    display_name: entry.name,
    created_at: entry.modifiedAt,
    max_input_tokens: contextSize,
    max_tokens: contextSize,
    capabilities: null,
    line: null,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
  };
}

/** The part of a list that a client asked for, and whether there is more behind it, in the direction it reads. */
export function pageOf(
  models: readonly NamedModel[],
  { limit, after_id: after, before_id: before }: ModelListQuery,
): { readonly page: readonly NamedModel[]; readonly hasMore: boolean } {
  if (before !== undefined) {
    const rest = models.slice(0, placeOf(models, before, 'before_id'));
    return { page: rest.slice(-limit), hasMore: rest.length > limit };
  }
  const rest = after === undefined ? models : models.slice(placeOf(models, after, 'after_id') + 1);
  return { page: rest.slice(0, limit), hasMore: rest.length > limit };
}

function placeOf(models: readonly NamedModel[], id: string, param: string): number {
  const place = models.findIndex(({ name }) => name === id);
  if (place >= 0) return place;
  throw new ImpetusError('invalid_request', `'${param}' names no model of this list.`, { param });
}
