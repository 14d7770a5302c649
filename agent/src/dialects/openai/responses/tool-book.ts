import type { ToolChoice, ToolDefinition } from '@impetus/contracts';
import type {
  ResponseCustomTool,
  ResponseFunctionTool,
  ResponseNamespaceTool,
  ResponseTool,
  ResponseToolChoice,
} from '@impetus/contracts/openai-responses';
import { requireMet, toDefinition } from '../../../wire/function-tools.ts';

/** A tool as its client knows it. */
export interface ClientTool {
  readonly kind: 'function' | 'custom';
  readonly name: string;
  readonly namespace: string | null;
}

interface Entry extends ClientTool {
  readonly definition: ToolDefinition;
}

/** The tools of a request: what the model is told of them, and what its calls mean to the client. */
export interface ToolBook {
  readonly definitions: readonly ToolDefinition[];
  readonly choice: ToolChoice | undefined;
  /** As a response tells them; those that run elsewhere are left out. */
  readonly told: readonly object[];
  readonly toldChoice: ResponseToolChoice;
  /** The tool that a model calls by this name. */
  find(name: string): ClientTool;
}

/** A model knows one level of names: a namespace becomes the first part of them. */
export function flatName(name: string, namespace: string | null | undefined): string {
  if (namespace === null || namespace === undefined || namespace === '') return name;
  return namespace.endsWith('__') ? `${namespace}${name}` : `${namespace}__${name}`;
}

export function toolBook(
  tools: readonly ResponseTool[],
  choice: ResponseToolChoice | null | undefined,
): ToolBook {
  const entries = tools.flatMap((tool) => entriesOf(tool, null));
  const byName = new Map(entries.toReversed().map((entry) => [entry.definition.name, entry]));
  const { definitions, required } = chosen([...byName.values()].toReversed(), choice);
  if (required !== undefined) requireMet(required, definitions);
  return {
    definitions,
    choice: required,
    told: tools.flatMap(told),
    toldChoice: required === undefined ? 'auto' : (choice ?? 'auto'),
    find: (name) => byName.get(name) ?? { kind: 'function', name, namespace: null },
  };
}

function entriesOf(tool: ResponseTool, namespace: string | null): readonly Entry[] {
  switch (tool.type) {
    case 'function': {
      const described = tool as ResponseFunctionTool;
      const { name } = described;
      const definition = toDefinition({ ...described, name: flatName(name, namespace) });
      return [{ kind: 'function', name, namespace, definition }];
    }
    case 'custom': {
      const described = tool as ResponseCustomTool;
      const { name } = described;
      return [
        { kind: 'custom', name, namespace, definition: freeText(described, flatName(name, namespace)) },
      ];
    }
    case 'namespace': {
      if (namespace !== null) return [];
      const { name, tools } = tool as ResponseNamespaceTool;
      return tools.flatMap((inner) => entriesOf(inner, name));
    }
    default:
      return [];
  }
}

/** Models call functions alone, so free text is the one argument of one. */
function freeText({ description, format }: ResponseCustomTool, name: string): ToolDefinition {
  const { definition } = format ?? {};
  const rule = typeof definition === 'string' ? `The input follows this grammar:\n${definition}` : null;
  const text = [description ?? null, rule].filter((part) => part !== null).join('\n\n');
  return {
    name,
    ...(text !== '' && { description: text }),
    parameters: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The whole input, as free text.' } },
      required: ['input'],
      additionalProperties: false,
    },
  };
}

interface Named {
  readonly name?: string | null | undefined;
  readonly namespace?: string | null | undefined;
}

interface Chosen {
  readonly definitions: readonly ToolDefinition[];
  readonly required: ToolChoice | undefined;
}

/** A choice of a tool that runs elsewhere leaves it to the model, as if the tool had not been named. */
function chosen(entries: readonly Entry[], choice: ResponseToolChoice | null | undefined): Chosen {
  const definitions = entries.map(({ definition }) => definition);
  if (choice === null || choice === undefined) return { definitions, required: undefined };
  if (typeof choice === 'string') return { definitions, required: choice };
  const nameOf = ({ name, namespace }: Named) =>
    entries.find((entry) => entry.name === name && (namespace ?? entry.namespace) === entry.namespace)
      ?.definition.name ?? flatName(name ?? '', namespace);
  switch (choice.type) {
    case 'function':
    case 'custom':
      return { definitions, required: { name: nameOf(choice) } };
    case 'allowed_tools': {
      const allowed = new Set((choice.tools ?? []).map(nameOf));
      return {
        definitions: definitions.filter(({ name }) => allowed.has(name)),
        required: choice.mode ?? 'auto',
      };
    }
    default:
      return { definitions, required: undefined };
  }
}

/** Fields that clients may leave out and a response always has. */
function told(tool: ResponseTool): readonly object[] {
  switch (tool.type) {
    case 'function': {
      const { parameters, strict } = tool as ResponseFunctionTool;
      const isObject = typeof parameters === 'object' && parameters !== null;
      return [{ ...tool, parameters: isObject ? parameters : null, strict: strict ?? false }];
    }
    case 'custom':
      return [tool];
    case 'namespace': {
      const { description, tools } = tool as ResponseNamespaceTool;
      const own = tools.filter(({ type }) => type === 'function' || type === 'custom');
      return own.length === 0 ? [] : [{ ...tool, description: description ?? '', tools: own }];
    }
    default:
      return [];
  }
}
