import { ImpetusError } from '@impetus/contracts';
import {
  responseItemType,
  type ResponseInputItem,
  type ResponseReferenceItem,
} from '@impetus/contracts/openai-responses';
import type { ResponseItem, Responses } from '../../../responses/types.ts';
import { shown } from '../../../wire/shown.ts';
import { itemPlace } from './ids.ts';

/** The items that came before those of a request, oldest first. */
export async function itemsBefore(
  responses: Responses,
  ownerId: string,
  previousId: string | null,
): Promise<readonly ResponseItem[]> {
  if (previousId === null) return [];
  const conversation = await responses.conversation(ownerId, previousId);
  if (conversation !== null)
    return conversation.flatMap(({ input, response }) => [...input, ...response.output]);
  throw new ImpetusError(
    'invalid_request',
    `Previous response with id '${shown(previousId)}' not found, or one that it goes on from is gone. Send the whole conversation in 'input'.`,
    { param: 'previous_response_id', detail: 'previous_response_not_found' },
  );
}

/** Puts what was stored in the place of references to it. */
export async function resolveReferences(
  responses: Responses,
  ownerId: string,
  items: readonly ResponseInputItem[],
): Promise<readonly ResponseInputItem[]> {
  const resolved: ResponseInputItem[] = [];
  for (const [index, item] of items.entries()) {
    const isReference = responseItemType(item) === 'item_reference';
    resolved.push(
      isReference ? await referred(responses, ownerId, item as ResponseReferenceItem, index) : item,
    );
  }
  return resolved;
}

async function referred(
  responses: Responses,
  ownerId: string,
  { id }: ResponseReferenceItem,
  index: number,
): Promise<ResponseInputItem> {
  const place = itemPlace(id);
  const stored = place === null ? null : await responses.find(ownerId, place.responseId);
  const items = place?.place === 'input' ? stored?.input : stored?.response.output;
  const item = items?.find((candidate) => candidate.id === id);
  if (item !== undefined) return item;
  throw new ImpetusError('invalid_request', `Item with id '${shown(id)}' not found.`, {
    param: `input[${index}].id`,
    detail: 'item_not_found',
  });
}
