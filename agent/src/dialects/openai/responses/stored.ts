import { ImpetusError } from '@impetus/contracts';
import { inputItemsQuery } from '@impetus/contracts/openai-responses';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ResponseObject, Responses, StoredResponse } from '../../../responses/types.ts';
import { requesterOf } from '../../../wire/requester.ts';
import { shown } from '../../../wire/shown.ts';
import { parseBody } from '../../../wire/validation.ts';
import { itemsBefore } from './history.ts';
import { pageOf } from './item-page.ts';

interface ById {
  readonly Params: { readonly id: string };
}

/** One stored response, as somebody asks about it. */
interface Asked {
  readonly id: string;
  readonly ownerId: string;
  readonly responses: Responses;
}

/** What can be asked about responses that were stored, by those who made them. */
export function registerStoredResponses(app: FastifyInstance, responses: Responses): void {
  const asked = (request: FastifyRequest<ById>): Asked => ({
    id: request.params.id,
    ownerId: requesterOf(request).id,
    responses,
  });
  app.get<ById>('/v1/responses/:id', (request) => retrieve(asked(request), request.query));
  app.delete<ById>('/v1/responses/:id', (request) => remove(asked(request)));
  app.get<ById>('/v1/responses/:id/input_items', (request) => inputItems(asked(request), request.query));
  app.post<ById>('/v1/responses/:id/cancel', (request) => cancel(asked(request)));
}

async function retrieve(asked: Asked, query: unknown): Promise<ResponseObject> {
  if ((query as { readonly stream?: string }).stream === 'true') {
    throw new ImpetusError('invalid_request', 'A stored response is not streamed again. Ask for it whole.', {
      param: 'stream',
      detail: 'unsupported_parameter',
    });
  }
  return (await find(asked)).response;
}

async function remove({ id, ownerId, responses }: Asked) {
  if (!(await responses.remove(ownerId, id))) throw notFound(id);
  return { id, object: 'response', deleted: true };
}

async function inputItems(asked: Asked, query: unknown) {
  const page = parseBody(inputItemsQuery, query);
  const { previousId, input } = await find(asked);
  return pageOf([...(await itemsBefore(asked.responses, asked.ownerId, previousId)), ...input], page);
}

async function cancel(asked: Asked): Promise<ResponseObject> {
  const { response } = await find(asked);
  if (response['background'] !== true) {
    throw new ImpetusError('invalid_request', 'Only a response in the background can be cancelled.', {
      param: 'id',
      detail: 'invalid_value',
    });
  }
  await asked.responses.cancel(asked.ownerId, asked.id);
  return (await find(asked)).response;
}

async function find({ id, ownerId, responses }: Asked): Promise<StoredResponse> {
  const stored = await responses.find(ownerId, id);
  if (stored === null) throw notFound(id);
  return stored;
}

function notFound(id: string): ImpetusError {
  return new ImpetusError('not_found', `Response with id '${shown(id)}' not found.`, {
    param: 'id',
    detail: 'response_not_found',
  });
}
