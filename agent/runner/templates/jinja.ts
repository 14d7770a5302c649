import { Template } from '@huggingface/jinja';
import { ImpetusError } from '@impetus/contracts';

/** A conversation as templates take it. Their names are those of the template world, not ours. */
export interface JinjaMessage {
  readonly role: string;
  readonly content: string | readonly { readonly type: 'text'; readonly text: string }[];
  readonly name?: string;
  readonly reasoning_content?: string;
  readonly thinking?: string;
  readonly tool_calls?: readonly JinjaCall[];
  readonly tool_call_id?: string;
}

export interface JinjaCall {
  readonly type: 'function';
  readonly id: string;
  readonly function: { readonly name: string; readonly arguments: unknown };
}

export interface JinjaInput {
  readonly messages: readonly JinjaMessage[];
  /** Absent: none. Some templates ask whether they are defined, others whether there are any. */
  readonly tools?: readonly unknown[];
  readonly add_generation_prompt: boolean;
  readonly [variable: string]: unknown;
}

export type JinjaTemplate = (input: JinjaInput) => string;

/** A template that is ready to render. Throws a refusal in the template's own words. */
export function parseTemplate(source: string): JinjaTemplate {
  const template = parse(source);
  return (input) => {
    try {
      return template.render(input);
    } catch (error) {
      throw templateError("The model's chat template refused this conversation", error);
    }
  };
}

function parse(source: string): Template {
  try {
    return new Template(source);
  } catch (error) {
    throw templateError("This model's chat template cannot be read", error);
  }
}

function templateError(what: string, error: unknown): ImpetusError {
  const why = error instanceof Error ? error.message : String(error);
  return new ImpetusError('invalid_request', `${what}: ${why}`, { param: 'messages', cause: error });
}
