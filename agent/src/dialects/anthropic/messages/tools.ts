import type { ChatPrompt, ToolChoice, ToolDefinition } from '@impetus/contracts';
import type {
  AnthropicContent,
  AnthropicMessage,
  AnthropicTool,
  AnthropicToolChoice,
  CountTokensBody,
} from '@impetus/contracts/anthropic';
import { requireMet, toDefinition } from '../../../wire/function-tools.ts';
import { contentOf, required } from './content.ts';

/** What of a request says which tools may be called, and whether they must. */
export function toTools({
  tools,
  tool_choice: choice,
  messages,
}: CountTokensBody): Pick<ChatPrompt, 'tools' | 'toolChoice' | 'parallelToolCalls'> {
  const offered = offeredTools(tools ?? [], messages);
  const toolChoice = choice === null || choice === undefined ? undefined : toChoice(choice);
  if (toolChoice !== undefined) requireMet(toolChoice, offered);
  return {
    ...(offered.length > 0 && { tools: offered }),
    ...(toolChoice !== undefined && { toolChoice }),
    ...(choice?.['disable_parallel_tool_use'] === true && { parallelToolCalls: false }),
  };
}

/**
 * The client's own tools. A deferred one is left out until a search has found it, unless the search is one of
 * those that would run on Anthropic's machines: nothing else would ever lead to it here.
 */
function offeredTools(
  tools: readonly AnthropicTool[],
  messages: readonly AnthropicMessage[],
): readonly ToolDefinition[] {
  const own = tools.flatMap((tool, index) => (isOwn(tool) ? [{ tool, path: `tools[${index}]` }] : []));
  const searchable = own.some(({ tool }) => tool.defer_loading !== true) && !tools.some(isForeignSearch);
  const found = searchable ? foundTools(messages) : null;
  return own
    .filter(({ tool }) => tool.defer_loading !== true || (found?.has(tool.name ?? '') ?? true))
    .map(({ tool: { name, description, input_schema: parameters, strict }, path }) =>
      toDefinition({ name: required(name, `${path}.name`), description, parameters, strict }),
    );
}

function isOwn({ type }: AnthropicTool): boolean {
  return type === null || type === undefined || type === 'custom';
}

function isForeignSearch({ type }: AnthropicTool): boolean {
  return type?.startsWith('tool_search_tool') === true;
}

/** The tools that answers of a search refer to. */
function foundTools(messages: readonly AnthropicMessage[]): ReadonlySet<string> {
  const blocks = messages.flatMap(({ content }) => blocksOf(content));
  const inside = blocks.flatMap((block) =>
    block.type === 'tool_result' ? blocksOf(contentOf(block, 'tool_result')) : [],
  );
  return new Set(
    [...blocks, ...inside].flatMap(({ type, tool_name: name }) =>
      type === 'tool_reference' && typeof name === 'string' ? [name] : [],
    ),
  );
}

function blocksOf(content: AnthropicContent) {
  return typeof content === 'string' ? [] : content;
}

function toChoice(choice: AnthropicToolChoice): ToolChoice {
  switch (choice.type) {
    case 'any':
      return 'required';
    case 'tool':
      return { name: choice.name };
    default:
      return choice.type;
  }
}
