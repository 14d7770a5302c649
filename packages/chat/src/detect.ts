import type { ChatFormat, JsonSyntax, TaggedSyntax, ThinkingTags, ToolSyntax } from './format.ts';

const json: JsonSyntax = {
  kind: 'json',
  begin: '<tool_call>',
  end: '</tool_call>',
  form: 'each',
  nameKey: 'name',
  argumentsKey: 'arguments',
};

const tagged: TaggedSyntax = {
  kind: 'tagged',
  begin: '<tool_call>',
  end: '</tool_call>',
  call: ['<function=', '>'],
  callEnd: '</function>',
  parameter: ['<parameter=', '>'],
  parameterEnd: '</parameter>',
  lines: true,
  each: true,
};

/** What is told to models whose template knows no tools; many models have learned it. */
export const generalSyntax: ToolSyntax = json;

const deepseek = {
  kind: 'named',
  section: { open: '<｜tool▁calls▁begin｜>', close: '<｜tool▁calls▁end｜>' },
  begin: '<｜tool▁call▁begin｜>',
  numbered: false,
} as const;

interface Family {
  readonly family: string;
  /** The template has all of these. */
  readonly marks: readonly string[];
  /** And none of these. */
  readonly not?: readonly string[];
  readonly tools: ToolSyntax;
}

/** The first whose marks a template has; the more particular come first. */
const families: readonly Family[] = [
  { family: 'harmony', marks: ['<|channel|>', '<|message|>'], tools: { kind: 'harmony' } },
  {
    family: 'gemma',
    marks: ['<|tool_call>', '<tool_call|>'],
    tools: { kind: 'gemma', begin: '<|tool_call>', end: '<tool_call|>', quote: '<|"|>' },
  },
  {
    family: 'glm',
    marks: ['<arg_key>', '<arg_value>', '<tool_call>'],
    tools: { kind: 'pairs', begin: '<tool_call>', end: '</tool_call>' },
  },
  {
    family: 'deepseek-dsml',
    marks: ['｜DSML｜', 'function_calls'],
    tools: {
      ...tagged,
      begin: '<｜DSML｜function_calls>',
      end: '</｜DSML｜function_calls>',
      call: ['<｜DSML｜invoke name="', '">'],
      callEnd: '</｜DSML｜invoke>',
      parameter: ['<｜DSML｜parameter name="', '>'],
      parameterEnd: '</｜DSML｜parameter>',
      lines: false,
      each: false,
    },
  },
  {
    family: 'deepseek-fenced',
    marks: ['<｜tool▁call▁begin｜>', '```json'],
    tools: {
      ...deepseek,
      prefix: 'function<｜tool▁sep｜>',
      separator: '\n```json\n',
      end: '\n```<｜tool▁call▁end｜>',
    },
  },
  {
    family: 'deepseek',
    marks: ['<｜tool▁call▁begin｜>'],
    tools: { ...deepseek, prefix: '', separator: '<｜tool▁sep｜>', end: '<｜tool▁call▁end｜>' },
  },
  {
    family: 'kimi',
    marks: ['<|tool_call_argument_begin|>'],
    tools: {
      kind: 'named',
      section: { open: '<|tool_calls_section_begin|>', close: '<|tool_calls_section_end|>' },
      begin: '<|tool_call_begin|>',
      prefix: 'functions.',
      separator: '<|tool_call_argument_begin|>',
      end: '<|tool_call_end|>',
      numbered: true,
    },
  },
  {
    family: 'mistral-named',
    marks: ['[TOOL_CALLS]', '[ARGS]'],
    tools: {
      kind: 'named',
      section: null,
      begin: '[TOOL_CALLS]',
      prefix: '',
      separator: '[ARGS]',
      end: '',
      numbered: false,
    },
  },
  {
    family: 'mistral',
    marks: ['[TOOL_CALLS]'],
    tools: { ...json, begin: '[TOOL_CALLS]', end: null, form: 'list' },
  },
  {
    family: 'minimax',
    marks: ['<minimax:tool_call>', '<invoke name='],
    tools: {
      ...tagged,
      begin: '<minimax:tool_call>',
      end: '</minimax:tool_call>',
      call: ['<invoke name="', '">'],
      callEnd: '</invoke>',
      parameter: ['<parameter name="', '">'],
      lines: false,
      each: false,
    },
  },
  {
    family: 'seed',
    marks: ['<seed:tool_call>', '<function='],
    tools: { ...tagged, begin: '<seed:tool_call>', end: '</seed:tool_call>', lines: false },
  },
  { family: 'qwen-coder', marks: ['<tool_call>', '<function=', '<parameter='], tools: tagged },
  {
    family: 'lfm-2',
    marks: ['<|tool_list_start|>'],
    tools: { kind: 'python', begin: '<|tool_call_start|>', end: '<|tool_call_end|>' },
  },
  {
    family: 'lfm',
    marks: ['<|tool_call_start|>'],
    tools: { kind: 'python', begin: '<|tool_call_start|>', end: '<|tool_call_end|>' },
  },
  {
    family: 'command-r',
    marks: ['<|START_ACTION|>'],
    tools: {
      ...json,
      begin: '<|START_ACTION|>',
      end: '<|END_ACTION|>',
      form: 'list',
      nameKey: 'tool_name',
      argumentsKey: 'parameters',
    },
  },
  {
    family: 'nemotron',
    marks: ['<TOOLCALL>'],
    tools: { ...json, begin: '<TOOLCALL>', end: '</TOOLCALL>', form: 'list' },
  },
  {
    family: 'phi',
    marks: ['<|tool_call|>', '<|/tool_call|>'],
    tools: { ...json, begin: '<|tool_call|>', end: '<|/tool_call|>', form: 'list' },
  },
  {
    family: 'granite',
    marks: ['<|tool_call|>'],
    tools: { ...json, begin: '<|tool_call|>', end: null, form: 'list' },
  },
  {
    family: 'functools',
    marks: [' functools['],
    tools: { ...json, begin: 'functools', end: null, form: 'list' },
  },
  {
    family: 'minimax-lines',
    marks: ['<tool_calls>', '"arguments"'],
    tools: { ...json, begin: '<tool_calls>', end: '</tool_calls>', form: 'lines' },
  },
  { family: 'hermes', marks: ['<tool_call>'], not: ['<invoke name='], tools: json },
  {
    family: 'llama-python',
    marks: ['<|header_start|>', '[func_name1('],
    tools: { kind: 'python', begin: null, end: null },
  },
  {
    family: 'llama',
    marks: ['<|start_header_id|>', '"parameters": '],
    tools: { ...json, begin: null, end: null, form: 'lines', argumentsKey: 'parameters' },
  },
];

const thinkingTags: readonly ThinkingTags[] = [
  { open: '[THINK]', close: '[/THINK]' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '<|START_THINKING|>', close: '<|END_THINKING|>' },
  { open: '<|inner_prefix|>', close: '<|inner_suffix|>' },
  { open: '<|channel>thought', close: '<channel|>' },
  { open: '<think>', close: '</think>' },
];

const usualTags: ThinkingTags = { open: '<think>', close: '</think>' };

/** Variables by which templates let thinking be chosen. */
export const thinkingSwitches = ['enable_thinking', 'reasoning_effort', 'thinking_budget'] as const;

/**
 * How a model with this chat template writes calls and thoughts: told by marks that templates of a family have in
 * common, since a template also writes what the model wrote before. Null: the model has no template.
 */
export function detectFormat(template: string | null): ChatFormat {
  const source = template ?? '';
  const has = (mark: string) => source.includes(mark);
  const family = families.find(({ marks, not = [] }) => marks.every(has) && !not.some(has));
  const harmony = source.includes('<|channel|>') && source.includes('<|message|>');
  const tags = thinkingTags.find(({ close }) => source.includes(close));
  return {
    family: family?.family ?? (harmony ? 'harmony' : 'general'),
    tools: family?.tools ?? (harmony ? { kind: 'harmony' } : generalSyntax),
    toolsInTemplate: family !== undefined && /\btools\b/u.test(source),
    thinking: tags ?? usualTags,
    thinks: harmony || tags !== undefined,
    thinkingChoice:
      thinkingSwitches.some((name) => source.includes(name)) || /\bthinking is defined/u.test(source),
  };
}
