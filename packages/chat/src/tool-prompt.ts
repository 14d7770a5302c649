import type { ToolDefinition } from '@impetus/contracts';
import { generalSyntax } from './detect.ts';
import type { ToolSyntax } from './format.ts';
import { writeCalls } from './write-calls.ts';

/** A tool as templates and clients word it. */
export function toolObject({ name, description, parameters }: ToolDefinition) {
  return {
    type: 'function',
    function: {
      name,
      description: description ?? '',
      parameters: typeof parameters === 'object' ? parameters : { type: 'object', properties: {} },
    },
  };
}

/** Syntaxes that can be explained by an example; others are only written by models that were trained on them. */
export function explainable(syntax: ToolSyntax): ToolSyntax {
  return ['json', 'named', 'tagged', 'pairs'].includes(syntax.kind) ? syntax : generalSyntax;
}

/** What is told in the system prompt where a template does not write tools: what there is, and how it is called. */
export function toolPrompt(tools: readonly ToolDefinition[], syntax: ToolSyntax): string {
  const example = writeCalls(syntax, [{ name: 'name_of_the_tool', arguments: '{"argument": "value"}' }]);
  return `# Tools

You may call tools to help with the request. Their signatures are between <tools> and </tools>:
<tools>
${tools.map((tool) => JSON.stringify(toolObject(tool))).join('\n')}
</tools>

To call a tool, write its name and its arguments in exactly this form, and nothing after it:
${example}

The tool's answer then comes between <tool_response> and </tool_response>.`;
}

/** A tool's answer for templates that have no message for it. */
export function toolResponse(content: string): string {
  return `<tool_response>\n${content}\n</tool_response>`;
}
