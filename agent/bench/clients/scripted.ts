import type { Generation, GenerationEvent, PromptMessage } from '@impetus/contracts';
import type { InferenceRequest } from '../../src/inference/types.ts';
import { FakeInference } from '../../test/support/fake-services.ts';
import type { Program } from './programs.ts';

const usage = { promptTokens: 10, cachedTokens: 0, completionTokens: 5 };
const timings = { prefillMs: 1, decodeMs: 1 };
const pieceLength = 7;

/** Stands where a model would: it has the program read a file, and says so once it was told what is in it. */
export class ScriptedInference extends FakeInference {
  /** What came back from the program’s tool, as the agent read it. */
  brought: string | null = null;
  #script: { readonly reads: NonNullable<Program['reads']>; readonly file: string } | null = null;
  #asked = false;

  expect(reads: NonNullable<Program['reads']>, file: string): void {
    this.#script = { reads, file };
    this.#asked = false;
    this.brought = null;
  }

  override async *generate(
    request: Pick<InferenceRequest<Generation>, 'signal'> & Partial<InferenceRequest<Generation>>,
  ): AsyncGenerator<GenerationEvent> {
    const prompt = request.input?.prompt;
    const messages = prompt?.kind === 'chat' ? prompt.messages : [];
    const offered = prompt?.kind === 'chat' ? (prompt.tools ?? []).map(({ name }) => name) : [];
    const result = messages.findLast(({ role }) => role === 'tool');
    if (result !== undefined) this.brought = textOf(result);
    yield { kind: 'prefill', evaluated: 0, total: usage.promptTokens };
    const script = this.#script;
    if (script !== null && !this.#asked && offered.includes(script.reads.tool)) {
      this.#asked = true;
      yield* call(script.reads.tool, JSON.stringify(script.reads.arguments(script.file)));
      return;
    }
    yield { kind: 'delta', text: 'The note was read.', tokens: 3 };
    yield { kind: 'end', reason: 'stop', usage, timings };
  }
}

/** As a model would write it that thinks, speaks and calls: in pieces. */
function* call(name: string, text: string): Generator<GenerationEvent> {
  yield { kind: 'reasoning', text: 'The note has to be read.', tokens: 2 };
  yield { kind: 'delta', text: 'Let me look.', tokens: 2 };
  yield { kind: 'tool-call', index: 0, id: 'call_0123456789', name, tokens: 1 };
  for (let at = 0; at < text.length; at += pieceLength) {
    yield { kind: 'tool-arguments', index: 0, text: text.slice(at, at + pieceLength), tokens: 1 };
  }
  yield { kind: 'tool-call-end', index: 0, tokens: 0 };
  yield { kind: 'end', reason: 'tool-calls', usage, timings };
}

function textOf({ content }: PromptMessage): string {
  return [content ?? ''].flat().join('');
}
