import type { ResponseBody, ResponseInputItem } from '@impetus/contracts/openai-responses';
import type { Responses } from '../../../responses/types.ts';
import { itemsBefore, resolveReferences } from './history.ts';
import type { ConversationItems } from './request.ts';

/** What a request says, with what it goes on from. */
export async function readConversation(
  responses: Responses,
  ownerId: string,
  { input, previous_response_id: previousId }: ResponseBody,
): Promise<ConversationItems> {
  const items = ownItems(input);
  const before = await itemsBefore(responses, ownerId, previousId ?? null);
  return { before, own: await resolveReferences(responses, ownerId, items) };
}

function ownItems(input: ResponseBody['input']): readonly ResponseInputItem[] {
  if (input === null || input === undefined) return [];
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
}
