import {
  ImpetusError,
  type AnswerEnd,
  type FinishReason,
  type GenerationEvent,
  type PromptEcho,
  type TokenLogprob,
  type ToolCall,
} from '@impetus/contracts';

/** One answer of a request, from its first token to its last. */
export interface WholeChoice {
  readonly text: string;
  readonly reasoning: string;
  /** Whole calls alone. */
  readonly toolCalls: readonly ToolCall[];
  readonly logprobs: readonly TokenLogprob[];
  readonly reason: FinishReason;
}

export interface WholeAnswer {
  readonly echo: PromptEcho | null;
  readonly choices: readonly WholeChoice[];
  readonly end: AnswerEnd;
}

interface OpenCall {
  readonly id: string;
  readonly name: string;
  arguments: string;
  ended: boolean;
}

interface OpenChoice {
  text: string;
  reasoning: string;
  readonly calls: OpenCall[];
  readonly logprobs: TokenLogprob[];
}

/** Reads an answer to its end, for clients that want it whole. Throws what the request ended with. */
export async function wholeAnswer(events: AsyncIterable<GenerationEvent>): Promise<WholeAnswer> {
  const choices: OpenChoice[] = [];
  let echo: PromptEcho | null = null;
  for await (const event of events) {
    if (event.kind === 'echo') echo = event;
    else if (event.kind === 'end') return { echo, choices: closed(choices, event), end: event };
    else add(choices, event);
  }
  throw new ImpetusError('internal', 'The answer ended without an end.');
}

function add(choices: OpenChoice[], event: GenerationEvent): void {
  switch (event.kind) {
    case 'delta': {
      const choice = choiceOf(choices, event.choice);
      choice.text += event.text;
      if (event.logprobs !== undefined) choice.logprobs.push(...event.logprobs);
      break;
    }
    case 'reasoning':
      choiceOf(choices, event.choice).reasoning += event.text;
      break;
    case 'tool-call':
      choiceOf(choices, event.choice).calls[event.index] = {
        id: event.id,
        name: event.name,
        arguments: '',
        ended: false,
      };
      break;
    case 'tool-arguments': {
      const call = choiceOf(choices, event.choice).calls[event.index];
      if (call !== undefined) call.arguments += event.text;
      break;
    }
    case 'tool-call-end': {
      const call = choiceOf(choices, event.choice).calls[event.index];
      if (call !== undefined) call.ended = true;
      break;
    }
    default:
  }
}

function choiceOf(choices: OpenChoice[], index = 0): OpenChoice {
  choices[index] ??= { text: '', reasoning: '', calls: [], logprobs: [] };
  return choices[index];
}

function closed(choices: OpenChoice[], { reason, reasons = [reason] }: AnswerEnd): readonly WholeChoice[] {
  return reasons.map((own, index) => {
    const { calls, ...choice } = choiceOf(choices, index);
    const toolCalls = calls
      .filter(({ ended }) => ended)
      .map(({ id, name, arguments: given }) => ({ id, name, arguments: given }));
    return { ...choice, toolCalls, reason: own };
  });
}
