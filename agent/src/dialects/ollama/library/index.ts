import { ImpetusError, type ModelSettings, type RemovalPlan } from '@impetus/contracts';
import { ollamaCopyBody, ollamaCreateBody, ollamaDeleteBody } from '@impetus/contracts/ollama';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../../services.ts';
import { removeModels } from '../../../system/remove-models.ts';
import { jsonLine, sendJsonLines } from '../../../wire/ndjson.ts';
import { parseBody } from '../../../wire/validation.ts';
import { namedIn, requireModel } from '../names.ts';
import { addAlias, aliasIn, removeAlias } from './aliases.ts';
import { settingsFor } from './create.ts';
import { registerPull } from './pull.ts';
import { success } from './pull-progress.ts';

/** POST /api/pull, /api/copy and /api/create, DELETE /api/delete. */
export function registerLibrary(app: FastifyInstance, services: Services): void {
  const { catalogue, modelSettings } = services;
  registerPull(app, services);

  /** A name that is an alias goes alone; a model goes where the library puts what is removed. */
  app.delete('/api/delete', { config: { scope: 'remove' } }, async (request, reply) => {
    const name = namedIn(parseBody(ollamaDeleteBody, request.body));
    const entry = requireModel(catalogue, name);
    const alias = aliasIn(entry, name);
    if (alias === undefined) await remove(entry.id);
    else await removeAlias(services, entry.id, alias);
    return reply.send();
  });

  /** A copy is another name: the file stays one. */
  app.post('/api/copy', { config: { scope: 'admin' } }, async (request, reply) => {
    const { source, destination } = parseBody(ollamaCopyBody, request.body);
    await addAlias(services, requireModel(catalogue, source), destination);
    return reply.send();
  });

  app.post('/api/create', { config: { scope: 'admin' } }, async (request, reply) => {
    const body = parseBody(ollamaCreateBody, request.body);
    const name = namedIn(body);
    const from = requireModel(catalogue, fromIn(body.from));
    const changes = settingsFor(body, name, from);
    await addAlias(services, from, name);
    await change(from.id, changes);
    return body.stream === false ? success : sendJsonLines(reply, oneLine(success), () => success);
  });

  /** Sampling that is not named stays as it was. */
  async function change(id: string, { sampling, ...changes }: Partial<ModelSettings>): Promise<void> {
    if (sampling === undefined && Object.keys(changes).length === 0) return;
    const merged = { ...modelSettings.get(id).sampling, ...sampling };
    await modelSettings.update(id, { ...changes, ...(sampling !== undefined && { sampling: merged }) });
  }

  async function remove(id: string): Promise<void> {
    const plan = await services.library.planRemoval([id]);
    refuse(plan);
    await removeModels(services, { token: plan.token, unload: true });
  }
}

/** Refused before the model is taken out of memory for nothing. */
function refuse({ models }: RemovalPlan): void {
  const refused = models.find(({ refusal }) => refusal !== null);
  if (refused === undefined) return;
  throw new ImpetusError('forbidden', `${refused.name} cannot be removed. ${refused.refusal}`);
}

function fromIn(from: string | null | undefined): string {
  if (typeof from === 'string' && from !== '') return from;
  throw new ImpetusError('invalid_request', "'from' is required: the model that the new name is for.", {
    param: 'from',
    detail: 'missing_required_parameter',
  });
}

async function* oneLine(data: object): AsyncGenerator<string, void> {
  yield jsonLine(data);
}
