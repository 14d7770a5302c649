import type { AnswerEnd, AnswerPiece, GenerationEvent, ToolCall } from '@impetus/contracts';
import { CallBuffer } from '../../../wire/call-buffer.ts';
import { emptyMessage, ending, signature, toUsage, type MessageHead } from './message.ts';

/** An event of Anthropic's streams; its type is also the name of the server-sent event. */
export interface MessageEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Words an answer as Anthropic's events, one block of content after the other. */
export class MessageStream {
  readonly #head: MessageHead;
  readonly #calls = new CallBuffer();
  #started = false;
  /** The type of the block that is being written. */
  #open: 'text' | 'thinking' | null = null;
  /** The number of that block, or of the next one. */
  #index = 0;

  constructor(head: MessageHead) {
    this.#head = head;
  }

  /** Whether the client has been told that its message begins. */
  get started(): boolean {
    return this.#started;
  }

  hear(event: GenerationEvent): readonly MessageEvent[] {
    switch (event.kind) {
      case 'queued':
      case 'loading':
      case 'echo':
        return [];
      case 'prefill':
        return this.#start({ promptTokens: event.total, cachedTokens: event.evaluated });
      case 'end':
        return [...this.#start(event.usage), ...this.#close(), ...this.#end(event)];
      default:
        // A prompt that was in the cache may be told of by the end alone; a message begins before its content all the same.
        return [...this.#start({ promptTokens: 0, cachedTokens: 0 }), ...this.#piece(event)];
    }
  }

  #start(prompt: { readonly promptTokens: number; readonly cachedTokens: number }): readonly MessageEvent[] {
    if (this.#started) return [];
    this.#started = true;
    const usage = toUsage({ ...prompt, completionTokens: 0 });
    return [{ type: 'message_start', message: { ...emptyMessage(this.#head), usage } }];
  }

  #piece(piece: AnswerPiece): readonly MessageEvent[] {
    switch (piece.kind) {
      case 'delta':
        if (piece.text === '') return [];
        return [...this.#ensure('text'), this.#delta({ type: 'text_delta', text: piece.text })];
      case 'reasoning':
        if (piece.text === '') return [];
        return [...this.#ensure('thinking'), ...this.#thinking(piece.text)];
      default: {
        const call = this.#calls.take(piece);
        return call === null ? [] : [...this.#close(), ...this.#call(call)];
      }
    }
  }

  #thinking(thinking: string): readonly MessageEvent[] {
    return this.#head.hidesThinking ? [] : [this.#delta({ type: 'thinking_delta', thinking })];
  }

  #ensure(type: 'text' | 'thinking'): readonly MessageEvent[] {
    if (this.#open === type) return [];
    const before = this.#close();
    this.#open = type;
    const block = type === 'text' ? { type, text: '' } : { type, thinking: '', signature: '' };
    return [...before, this.#blockStart(block)];
  }

  #close(): readonly MessageEvent[] {
    if (this.#open === null) return [];
    const signed = this.#open === 'thinking' ? [this.#delta({ type: 'signature_delta', signature })] : [];
    this.#open = null;
    return [...signed, this.#blockStop()];
  }

  #call({ id, name, arguments: given }: ToolCall): readonly MessageEvent[] {
    return [
      this.#blockStart({ type: 'tool_use', id, name, input: {} }),
      this.#delta({ type: 'input_json_delta', partial_json: given }),
      this.#blockStop(),
    ];
  }

  #end(end: AnswerEnd): readonly MessageEvent[] {
    const last = {
      type: 'message_delta',
      delta: { ...ending(this.#head, end), stop_details: null, container: null },
      usage: toUsage(end.usage),
    };
    return [last, { type: 'message_stop' }];
  }

  #blockStart(block: object): MessageEvent {
    return { type: 'content_block_start', index: this.#index, content_block: block };
  }

  #delta(delta: object): MessageEvent {
    return { type: 'content_block_delta', index: this.#index, delta };
  }

  #blockStop(): MessageEvent {
    const stop = { type: 'content_block_stop', index: this.#index };
    this.#index += 1;
    return stop;
  }
}
