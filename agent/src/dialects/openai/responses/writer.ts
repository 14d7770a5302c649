import type { AnswerEnd, AnswerPiece, ImpetusError, TokenLogprob, ToolCall } from '@impetus/contracts';
import type { ResponseItem, ResponseObject } from '../../../responses/types.ts';
import { CallBuffer } from '../../../wire/call-buffer.ts';
import { itemId } from './ids.ts';
import { callEvents, callItem, TextItem, textForms, type UnnumberedEvent } from './output-items.ts';
import { ended, failed } from './resource.ts';
import type { ToolBook } from './tool-book.ts';

export interface ResponseEvent extends UnnumberedEvent {
  readonly sequence_number: number;
}

export interface WriterOptions {
  readonly key: string;
  readonly tools: ToolBook;
  /** Thinking is told as a summary. */
  readonly summary: boolean;
}

/** Tells one answer as a response: its items one after another, and each change as an event. */
export class ResponseWriter {
  #response: ResponseObject;
  readonly #options: WriterOptions;
  readonly #output: ResponseItem[] = [];
  readonly #calls = new CallBuffer();
  #open: TextItem | null = null;
  #sequence = 0;

  constructor(opened: ResponseObject, options: WriterOptions) {
    this.#response = opened;
    this.#options = options;
  }

  /** The response as it is now. */
  get response(): ResponseObject {
    return this.#response;
  }

  opening(): readonly ResponseEvent[] {
    return this.#numbered(
      ['response.created', 'response.in_progress'].map((type) => ({ type, response: this.#response })),
    );
  }

  take(piece: AnswerPiece): readonly ResponseEvent[] {
    if (piece.kind === 'delta') return this.#text('message', piece.text, piece.logprobs);
    if (piece.kind === 'reasoning') {
      return this.#text(this.#options.summary ? 'summary' : 'reasoning', piece.text);
    }
    const call = this.#calls.take(piece);
    return call === null ? [] : this.#numbered([...this.#close('completed'), ...this.#call(call)]);
  }

  end(end: AnswerEnd): readonly ResponseEvent[] {
    const isCut = end.reason === 'length';
    // Clients look for a message, if only an empty one.
    const empty = this.#output.length === 0 && this.#open === null && !isCut ? this.#begin('message') : [];
    const closing = this.#close(isCut ? 'incomplete' : 'completed');
    this.#become(ended(end));
    const type = isCut ? 'response.incomplete' : 'response.completed';
    return this.#numbered([...empty, ...closing, { type, response: this.#response }]);
  }

  fail(error: ImpetusError): readonly ResponseEvent[] {
    const closing = this.#close('incomplete');
    this.#become(failed(error));
    return this.#numbered([...closing, { type: 'response.failed', response: this.#response }]);
  }

  /** Ended at its client's wish. */
  cancel(): void {
    this.#close('incomplete');
    this.#become({ status: 'cancelled' });
  }

  #text(
    name: keyof typeof textForms,
    text: string,
    logprobs: readonly TokenLogprob[] = [],
  ): readonly ResponseEvent[] {
    if (text === '' && logprobs.length === 0) return [];
    const before =
      this.#open?.form === textForms[name] ? [] : [...this.#close('completed'), ...this.#begin(name)];
    const more = this.#open?.more(text, logprobs);
    return this.#numbered(more === undefined ? before : [...before, more]);
  }

  #begin(name: keyof typeof textForms): readonly UnnumberedEvent[] {
    const form = textForms[name];
    this.#open = new TextItem(form, this.#newId(form.prefix), this.#output.length);
    return this.#open.opening();
  }

  #close(status: 'completed' | 'incomplete'): readonly UnnumberedEvent[] {
    if (this.#open === null) return [];
    const events = this.#open.closing(status);
    this.#output.push(this.#open.item(status));
    this.#open = null;
    return events;
  }

  #call(call: ToolCall): readonly UnnumberedEvent[] {
    const tool = this.#options.tools.find(call.name);
    const item = callItem(call, tool, this.#newId(tool.kind === 'custom' ? 'ctc' : 'fc'));
    const index = this.#output.push(item) - 1;
    return callEvents(item, index);
  }

  #newId(prefix: string): string {
    return itemId(prefix, this.#options.key, 'output', this.#output.length);
  }

  #become(changes: Partial<ResponseObject>): void {
    this.#response = { ...this.#response, ...changes, output: [...this.#output] };
  }

  #numbered(events: readonly UnnumberedEvent[]): readonly ResponseEvent[] {
    return events.map((event) => ({ ...event, sequence_number: this.#sequence++ }));
  }
}
