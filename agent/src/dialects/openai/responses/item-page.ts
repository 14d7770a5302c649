import { ImpetusError } from '@impetus/contracts';
import type { InputItemsQuery } from '@impetus/contracts/openai-responses';
import type { ResponseItem } from '../../../responses/types.ts';
import { shown } from '../../../wire/shown.ts';

/** A part of a list of items, from the one behind `after`. */
export function pageOf(items: readonly ResponseItem[], { after, limit, order }: InputItemsQuery) {
  const ordered = order === 'asc' ? items : items.toReversed();
  const last = after === undefined ? -1 : ordered.findIndex(({ id }) => id === after);
  if (after !== undefined && last < 0) {
    throw new ImpetusError('invalid_request', `There is no item '${shown(after)}' to go on from.`, {
      param: 'after',
      detail: 'invalid_value',
    });
  }
  const data = ordered.slice(last + 1, last + 1 + limit);
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: last + 1 + limit < ordered.length,
  };
}
