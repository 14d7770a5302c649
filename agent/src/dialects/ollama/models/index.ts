import { ollamaShowBody } from '@impetus/contracts/ollama';
import type { FastifyInstance } from 'fastify';
import { namedModels } from '../../../models/named.ts';
import { withSourceDefaults } from '../../../models/settings/source-defaults.ts';
import type { Services } from '../../../services.ts';
import { parseBody } from '../../../wire/validation.ts';
import { namedIn, requireModel } from '../names.ts';
import { toLoaded, toTag } from './model-object.ts';
import { toShown } from './show.ts';

/** The version of Ollama whose API this is; clients leave out what an older one did not have. */
const version = '0.12.11';

/** GET /api/version, /api/tags and /api/ps, POST /api/show. */
export function registerModels(app: FastifyInstance, services: Services): void {
  const { catalogue, inference, library, modelSettings, settings } = services;

  app.get('/api/version', () => ({ version }));

  app.get('/api/tags', () => ({
    models: namedModels(catalogue.list(), settings.defaultModel()).map(({ name, entry }) =>
      toTag(name, entry),
    ),
  }));

  app.get('/api/ps', () => ({
    models: inference.runners().flatMap((runner) => {
      const entry = runner.state === 'ready' ? catalogue.find(runner.modelId) : undefined;
      return entry === undefined ? [] : [toLoaded(entry, runner)];
    }),
  }));

  app.post('/api/show', ({ body }) => show(body));

  async function show(sent: unknown) {
    const body = parseBody(ollamaShowBody, sent);
    const entry = requireModel(catalogue, namedIn(body));
    const { facts } = catalogue.found(entry.id);
    const runner = inference.runners().find(({ modelId }) => modelId === entry.id);
    return toShown({
      entry,
      facts,
      settings: withSourceDefaults(modelSettings.get(entry.id), facts),
      chatTemplate: await catalogue.chatTemplate(entry.id),
      metadata: await library.metadata(entry.id, { arrays: body.verbose === true }),
      loadedContext: runner?.state === 'ready' ? runner.contextSize : null,
    });
  }
}
