import { ImpetusError, type JsonSchema, type ToolChoice, type ToolDefinition } from '@impetus/contracts';
import { shown } from './shown.ts';

/** A tool as OpenAI's chats and Ollama describe it. */
interface FunctionTool {
  readonly type?: string | null | undefined;
  readonly function?: FunctionDescription | undefined;
}

export interface FunctionDescription {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly parameters?: JsonSchema | null | undefined;
  readonly strict?: boolean | null | undefined;
}

/** The functions among the tools; those of other types run on somebody else's machines and are left out. */
export function functionTools(tools: readonly FunctionTool[] | null | undefined): readonly ToolDefinition[] {
  return (tools ?? []).flatMap(({ type, function: description }, index) => {
    if ((type ?? 'function') !== 'function') return [];
    if (description !== undefined) return [toDefinition(description)];
    throw new ImpetusError('invalid_request', `'tools[${index}].function' is required.`, {
      param: `tools[${index}].function`,
      detail: 'missing_required_parameter',
    });
  });
}

/** A function as the agent's own definition of a tool. */
export function toDefinition(description: FunctionDescription): ToolDefinition {
  const { name, description: text, parameters, strict } = description;
  return {
    name,
    ...(typeof text === 'string' && { description: text }),
    ...(parameters !== null && parameters !== undefined && { parameters }),
    ...(strict === true && { strict }),
  };
}

/** Refuses a choice that no tool can meet: the client would wait for a call that cannot come. */
export function requireMet(choice: ToolChoice, tools: readonly ToolDefinition[]): void {
  if (choice === 'auto' || choice === 'none') return;
  const name = choice === 'required' ? null : choice.name;
  const isMet = name === null ? tools.length > 0 : tools.some((tool) => tool.name === name);
  if (isMet) return;
  const problem = name === null ? 'there are no tools to choose from' : `there is no tool “${shown(name)}”`;
  throw new ImpetusError('invalid_request', `'tool_choice' cannot be met: ${problem} in 'tools'.`, {
    param: 'tool_choice',
    detail: 'invalid_value',
  });
}
