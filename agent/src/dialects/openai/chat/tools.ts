import type { ChatPrompt, ToolChoice, ToolDefinition } from '@impetus/contracts';
import type { ChatCompletionBody, OpenAiToolChoice } from '@impetus/contracts/openai';
import { functionTools, requireMet } from '../../../wire/function-tools.ts';

type ToolFields = Pick<ChatCompletionBody, 'tools' | 'tool_choice' | 'parallel_tool_calls'>;

/** What of a chat request says which tools may be called, and whether they must. */
export function toTools(body: ToolFields): Pick<ChatPrompt, 'tools' | 'toolChoice' | 'parallelToolCalls'> {
  const tools = allowed(functionTools(body.tools), body.tool_choice);
  const toolChoice = toChoice(body.tool_choice);
  if (toolChoice !== undefined) requireMet(toolChoice, tools);
  return {
    ...(tools.length > 0 && { tools }),
    ...(toolChoice !== undefined && { toolChoice }),
    ...(typeof body.parallel_tool_calls === 'boolean' && { parallelToolCalls: body.parallel_tool_calls }),
  };
}

function toChoice(choice: OpenAiToolChoice | null | undefined): ToolChoice | undefined {
  if (choice === null || choice === undefined) return undefined;
  if (typeof choice === 'string') return choice;
  return choice.type === 'function' ? { name: choice.function.name } : choice.allowed_tools.mode;
}

function allowed(
  tools: readonly ToolDefinition[],
  choice: OpenAiToolChoice | null | undefined,
): readonly ToolDefinition[] {
  if (typeof choice !== 'object' || choice?.type !== 'allowed_tools') return tools;
  const names = new Set(choice.allowed_tools.tools.map((tool) => tool.function?.name));
  return tools.filter(({ name }) => names.has(name));
}
