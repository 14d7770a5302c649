/** What a coding agent sends: a long system prompt, a history of turns with calls, and its tools. */
export interface LongRequest {
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly tools: readonly LongTool[];
}

interface Turn {
  readonly question: string;
  readonly call: { readonly id: string; readonly name: string; readonly arguments: Record<string, unknown> };
  readonly result: string;
  readonly answer: string;
}

interface LongTool {
  readonly name: string;
  readonly description: string;
  readonly schema: Record<string, unknown>;
}

const sentence =
  'Read the file before you change it, and keep to the style of what stands around your change. ';

/** About 100 kB of JSON with 25 tools, whatever the dialect. */
export function longRequest(): LongRequest {
  const tools = Array.from({ length: 25 }, (_, index) => toolOf(index));
  return {
    system: sentence.repeat(180),
    turns: Array.from({ length: 12 }, (_, index) => ({
      question: `Step ${index}: ${sentence.repeat(4)}`,
      call: { id: `call_${index}`, name: `tool_${index}`, arguments: { path: `src/${index}.ts`, limit: 20 } },
      result: `${index}: const value = compute(${index});\n`.repeat(70),
      answer: sentence.repeat(3),
    })),
    tools,
  };
}

/** With the keywords that tools of real clients use. */
function toolOf(index: number): LongTool {
  return {
    name: `tool_${index}`,
    description: `Tool ${index}. ${sentence.repeat(5)}`,
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      required: ['path'],
      properties: {
        path: { type: 'string', minLength: 1, description: sentence },
        limit: { type: 'integer', minimum: 1, maximum: 2_000, default: 200, description: sentence },
        mode: { enum: ['read', 'write', 'append'], description: sentence },
        edits: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['old', 'new'],
            properties: { old: { type: 'string' }, new: { type: ['string', 'null'] } },
          },
        },
        target: { anyOf: [{ type: 'string', pattern: '^[a-z]+$' }, { type: 'number' }] },
      },
    },
  };
}
