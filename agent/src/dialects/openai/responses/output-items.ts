import type { TokenLogprob, ToolCall } from '@impetus/contracts';
import type { ResponseItem } from '../../../responses/types.ts';
import { tokenLogprobs } from '../logprobs.ts';
import type { ClientTool } from './tool-book.ts';

/** An event of a response, before it has its number. */
export interface UnnumberedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** How a text that comes in pieces is told: as a message, as thinking, or as what stands for thinking. */
interface TextForm {
  readonly prefix: string;
  /** The first words of its events. */
  readonly partEvent: string;
  readonly textEvent: string;
  readonly indexName: 'content_index' | 'summary_index';
  part(text: string, logprobs: readonly TokenLogprob[]): object;
  item(id: string, parts: readonly object[], status: ItemStatus): ResponseItem;
  /** What events about its text carry beside it. */
  beside(logprobs: readonly TokenLogprob[]): object;
}

export const textForms = {
  message: {
    prefix: 'msg',
    partEvent: 'response.content_part',
    textEvent: 'response.output_text',
    indexName: 'content_index',
    part: (text, logprobs) => ({
      type: 'output_text',
      text,
      annotations: [],
      logprobs: tokenLogprobs(logprobs),
    }),
    item: (id, content, status) => ({ id, type: 'message', role: 'assistant', status, content }),
    beside: (logprobs) => ({ logprobs: tokenLogprobs(logprobs) }),
  },
  reasoning: {
    prefix: 'rs',
    partEvent: 'response.content_part',
    textEvent: 'response.reasoning_text',
    indexName: 'content_index',
    part: (text) => ({ type: 'reasoning_text', text }),
    item: (id, content, status) => ({ id, type: 'reasoning', status, summary: [], content }),
    beside: () => ({}),
  },
  summary: {
    prefix: 'rs',
    partEvent: 'response.reasoning_summary_part',
    textEvent: 'response.reasoning_summary_text',
    indexName: 'summary_index',
    part: (text) => ({ type: 'summary_text', text }),
    item: (id, summary, status) => ({ id, type: 'reasoning', status, summary }),
    beside: () => ({}),
  },
} satisfies Record<string, TextForm>;

/** An item whose text is under way. */
export class TextItem {
  readonly form: TextForm;
  readonly #id: string;
  readonly #index: number;
  #text = '';
  readonly #logprobs: TokenLogprob[] = [];

  constructor(form: TextForm, id: string, index: number) {
    this.form = form;
    this.#id = id;
    this.#index = index;
  }

  opening(): readonly UnnumberedEvent[] {
    const { form } = this;
    return [
      {
        type: 'response.output_item.added',
        output_index: this.#index,
        item: form.item(this.#id, [], 'in_progress'),
      },
      { type: `${form.partEvent}.added`, ...this.#place(), part: form.part('', []) },
    ];
  }

  more(text: string, logprobs: readonly TokenLogprob[]): UnnumberedEvent {
    this.#text += text;
    this.#logprobs.push(...logprobs);
    const { form } = this;
    return { type: `${form.textEvent}.delta`, ...this.#place(), delta: text, ...form.beside(logprobs) };
  }

  closing(status: ItemStatus): readonly UnnumberedEvent[] {
    const { form } = this;
    const text = this.#text;
    return [
      { type: `${form.textEvent}.done`, ...this.#place(), text, ...form.beside(this.#logprobs) },
      { type: `${form.partEvent}.done`, ...this.#place(), part: form.part(text, this.#logprobs) },
      { type: 'response.output_item.done', output_index: this.#index, item: this.item(status) },
    ];
  }

  item(status: ItemStatus): ResponseItem {
    return this.form.item(this.#id, [this.form.part(this.#text, this.#logprobs)], status);
  }

  #place() {
    return { item_id: this.#id, output_index: this.#index, [this.form.indexName]: 0 };
  }
}

/** A call of a tool as its client knows it. */
export function callItem(call: ToolCall, tool: ClientTool, id: string): ResponseItem {
  const names = {
    call_id: call.id,
    name: tool.name,
    ...(tool.namespace !== null && { namespace: tool.namespace }),
  };
  return tool.kind === 'custom'
    ? { id, type: 'custom_tool_call', status: 'completed', ...names, input: freeInput(call.arguments) }
    : { id, type: 'function_call', status: 'completed', ...names, arguments: call.arguments };
}

/** All events about a call: it is told once it is whole. */
export function callEvents(item: ResponseItem, index: number): readonly UnnumberedEvent[] {
  const isCustom = item.type === 'custom_tool_call';
  const field = isCustom ? 'input' : 'arguments';
  const type = isCustom ? 'response.custom_tool_call_input' : 'response.function_call_arguments';
  const place = { item_id: item.id, output_index: index };
  const given = item[field];
  return [
    {
      type: 'response.output_item.added',
      output_index: index,
      item: { ...item, status: 'in_progress', [field]: '' },
    },
    { type: `${type}.delta`, ...place, delta: given },
    { type: `${type}.done`, ...place, ...(!isCustom && { name: item['name'] }), [field]: given },
    { type: 'response.output_item.done', output_index: index, item },
  ];
}

/** The text in the arguments that were made for it; whatever else a model wrote is the text itself. */
function freeInput(given: string): string {
  try {
    const { input } = JSON.parse(given) as { input?: unknown };
    return typeof input === 'string' ? input : given;
  } catch {
    return given;
  }
}
