import { ImpetusError, type ChatPrompt, type ToolChoice, type ToolDefinition } from '@impetus/contracts';
import type { ChatCompletionBody, OpenAiTool, OpenAiToolChoice } from '@impetus/contracts/openai';

type ToolFields = Pick<ChatCompletionBody, 'tools' | 'tool_choice' | 'parallel_tool_calls'>;

/** What of a chat request says which tools may be called, and whether they must. */
export function toTools(body: ToolFields): Pick<ChatPrompt, 'tools' | 'toolChoice' | 'parallelToolCalls'> {
  const tools = (body.tools ?? []).flatMap(toDefinition);
  const toolChoice = toChoice(body.tool_choice, tools);
  return {
    ...(tools.length > 0 && { tools }),
    ...(toolChoice !== undefined && { toolChoice }),
    ...(typeof body.parallel_tool_calls === 'boolean' && { parallelToolCalls: body.parallel_tool_calls }),
  };
}

function toDefinition({ type, function: definition }: OpenAiTool, index: number): readonly ToolDefinition[] {
  if (type !== 'function') return [];
  if (definition === undefined) {
    throw new ImpetusError('invalid_request', `'tools[${index}].function' is required.`, {
      param: `tools[${index}].function`,
      detail: 'missing_required_parameter',
    });
  }
  const { name, description, parameters, strict } = definition;
  return [
    {
      name,
      ...(typeof description === 'string' && { description }),
      ...(parameters !== null && parameters !== undefined && { parameters }),
      ...(strict === true && { strict }),
    },
  ];
}

/** A choice that no tool can meet is refused: the client would wait for a call that cannot come. */
function toChoice(
  choice: OpenAiToolChoice | null | undefined,
  tools: readonly ToolDefinition[],
): ToolChoice | undefined {
  if (choice === null || choice === undefined) return undefined;
  if (choice === 'auto' || choice === 'none') return choice;
  const name = typeof choice === 'string' ? null : choice.function.name;
  const isMet = name === null ? tools.length > 0 : tools.some((tool) => tool.name === name);
  if (isMet) return name === null ? 'required' : { name };
  const problem = name === null ? 'there are no tools to choose from' : `there is no tool “${name}”`;
  throw new ImpetusError('invalid_request', `'tool_choice' cannot be met: ${problem} in 'tools'.`, {
    param: 'tool_choice',
    detail: 'invalid_value',
  });
}
