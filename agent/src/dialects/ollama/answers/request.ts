import { ImpetusError, type Generation, type Prompt, type ReasoningOptions } from '@impetus/contracts';
import type {
  OllamaChatBody,
  OllamaFormat,
  OllamaGenerateBody,
  OllamaThink,
} from '@impetus/contracts/ollama';
import { functionTools } from '../../../wire/function-tools.ts';
import { objectGrammar, schemaGrammar } from '../../../wire/grammars.ts';
import { refuseImages, toMessages } from './messages.ts';
import { toTold } from './options.ts';

type Common = Pick<OllamaChatBody, 'format' | 'options' | 'logprobs' | 'top_logprobs'>;

/** A chat as the agent's own request. An unfinished message of the assistant at its end is gone on with. */
export function toChatGeneration(body: OllamaChatBody): Generation {
  const messages = toMessages(body.messages ?? []);
  const tools = functionTools(body.tools);
  const last = messages.at(-1);
  const isUnfinished = last?.role === 'assistant' && last.toolCalls === undefined;
  return {
    prompt: {
      kind: 'chat',
      messages,
      ...(tools.length > 0 && { tools }),
      ...toReasoning(body.think),
      ...(isUnfinished && { continueFinal: true }),
    },
    ...toCommon(body),
  };
}

/** A single prompt as the agent's own request. `isChat`: whether the model answers conversations. */
export function toPromptGeneration(body: OllamaGenerateBody, isChat: boolean): Generation {
  refuseUnsupported(body);
  return { prompt: toPrompt(body, isChat), ...toCommon(body) };
}

function toPrompt({ prompt, suffix, system, raw, think }: OllamaGenerateBody, isChat: boolean): Prompt {
  const text = prompt ?? '';
  if (typeof suffix === 'string' && suffix !== '') return { kind: 'infill', prefix: text, suffix };
  const instruction = system ?? '';
  if (raw === true) return { kind: 'text', text };
  if (!isChat) return { kind: 'text', text: instruction === '' ? text : `${instruction}\n\n${text}` };
  return {
    kind: 'chat',
    messages: [
      ...(instruction === '' ? [] : [{ role: 'system' as const, content: instruction }]),
      { role: 'user', content: text },
    ],
    ...toReasoning(think),
  };
}

/** What this agent cannot do is refused by name; ignoring it would answer another question. */
function refuseUnsupported({ images, template, context }: OllamaGenerateBody): void {
  refuseImages(images, 'images');
  if (typeof template === 'string' && template !== '') {
    throw unsupported('template', 'The model’s own template renders. Send the whole text with "raw": true.');
  }
  if (context !== null && context !== undefined && context.length > 0) {
    throw unsupported('context', 'Send the conversation to /api/chat.');
  }
}

function unsupported(param: string, remedy: string): ImpetusError {
  return new ImpetusError('invalid_request', `'${param}' is not supported. ${remedy}`, {
    param,
    detail: 'unsupported_parameter',
  });
}

function toCommon({ format, options, logprobs, top_logprobs: top }: Common): Omit<Generation, 'prompt'> {
  const grammar = toGrammar(format);
  return {
    ...toTold(options),
    ...(grammar !== null && { grammar }),
    ...(logprobs === true && { logprobs: top ?? 0 }),
  };
}

function toGrammar(format: OllamaFormat): string | null {
  if (format === null || format === undefined || format === '') return null;
  return format === 'json' ? objectGrammar() : schemaGrammar(format, 'format');
}

function toReasoning(think: OllamaThink): { readonly reasoning?: ReasoningOptions } {
  if (think === null || think === undefined) return {};
  return { reasoning: typeof think === 'string' ? { enabled: true, effort: think } : { enabled: think } };
}
