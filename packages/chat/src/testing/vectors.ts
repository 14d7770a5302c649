import type { FamilyName } from './families.ts';

/** An answer as models of a family write it, and what it says. */
export interface Vector {
  readonly family: FamilyName;
  readonly what: string;
  readonly answer: string;
  readonly thinkingOpen?: boolean;
  readonly withoutTools?: boolean;
  readonly text?: string;
  readonly reasoning?: string;
  readonly calls?: readonly {
    readonly name: string;
    readonly arguments: unknown;
    readonly whole?: boolean;
  }[];
}

const paris = { name: 'get_weather', arguments: { city: 'Paris' } } as const;
const oslo = { name: 'get_weather', arguments: { city: 'Oslo', days: 3 } } as const;
const now = { name: 'now', arguments: {} } as const;
const code = 'def f():\n    return {"a": "</b>"}\n\nprint(f"é 𝄞 \\n")';
const file = { name: 'write-file', arguments: { path: 'a/b.py', text: code } } as const;

export const vectors: readonly Vector[] = [
  { family: 'general', what: 'text is text', answer: ' Hello, world.\n', text: ' Hello, world.\n' },
  { family: 'general', what: 'nothing', answer: '' },
  {
    family: 'general',
    what: 'a mark is text where there are no tools',
    answer: 'See <tool_call>{"name": "now"}</tool_call>.',
    withoutTools: true,
    text: 'See <tool_call>{"name": "now"}</tool_call>.',
  },
  {
    family: 'hermes',
    what: 'thinking, text and a call',
    answer:
      '<think>\nI need the weather.\n</think>\n\nLet me look.\n<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>',
    reasoning: 'I need the weather.',
    text: 'Let me look.',
    calls: [paris],
  },
  {
    family: 'hermes',
    what: 'thinking that the prompt opened',
    answer: 'Hm, <b> and </thin and such.</think>Yes.',
    thinkingOpen: true,
    reasoning: 'Hm, <b> and </thin and such.',
    text: 'Yes.',
  },
  {
    family: 'hermes',
    what: 'thinking that never ends',
    answer: '<think>Hm, <b> and\n',
    reasoning: 'Hm, <b> and',
  },
  {
    family: 'hermes',
    what: 'a tag for thinking in the middle is text',
    answer: 'Write <think> first.',
    text: 'Write <think> first.',
  },
  {
    family: 'hermes',
    what: 'several calls',
    answer:
      '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Oslo", "days": 3}}\n</tool_call>\n<tool_call>\n{"name": "now", "arguments": {}}\n</tool_call>\n',
    calls: [oslo, now],
  },
  {
    family: 'hermes',
    what: 'arguments before the name, as a string, with marks and braces inside',
    answer: `<tool_call>{"arguments": ${JSON.stringify(JSON.stringify(file.arguments))}, "name": "write-file"}</tool_call>`,
    calls: [file],
  },
  {
    family: 'hermes',
    what: 'a closing tag inside of a string',
    answer:
      '<tool_call>{"name": "write-file", "arguments": {"path": "</tool_call>", "text": "\\"}<tool_call>"}}</tool_call>',
    calls: [{ name: 'write-file', arguments: { path: '</tool_call>', text: '"}<tool_call>' } }],
  },
  {
    family: 'hermes',
    what: 'a call without arguments',
    answer: '<tool_call>{"name": "now"}</tool_call>',
    calls: [now],
  },
  {
    family: 'hermes',
    what: 'an unknown tool stays text',
    answer: 'A <tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call> B',
    text: 'A <tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call> B',
  },
  {
    family: 'hermes',
    what: 'what is no call stays text',
    answer: 'The tag <tool_call> opens, </tool_call> closes.',
    text: 'The tag <tool_call> opens, </tool_call> closes.',
  },
  {
    family: 'hermes',
    what: 'half a call is no whole one',
    answer: '<tool_call>{"name": "get_weather", "arguments": {"city": "Par',
    calls: [{ name: 'get_weather', arguments: '{"city": "Par', whole: false }],
  },
  {
    family: 'qwen-coder',
    what: 'text over several lines, numbers, and a choice',
    answer: `Now.\n<tool_call>\n<function=write-file>\n<parameter=path>\na/b.py\n</parameter>\n<parameter=text>\n${code}\n</parameter>\n</function>\n</tool_call>\n<tool_call>\n<function=get_weather>\n<parameter=city>\nOslo\n</parameter>\n<parameter=days>\n3\n</parameter>\n</function>\n</tool_call>`,
    text: 'Now.',
    calls: [file, oslo],
  },
  {
    family: 'qwen-coder',
    what: 'no parameters',
    answer: '<tool_call>\n<function=now>\n</function>\n</tool_call>',
    calls: [now],
  },
  {
    family: 'qwen-coder',
    what: 'text that looks like a number stays text',
    answer:
      '<tool_call>\n<function=get_weather>\n<parameter=city>\n12\n</parameter>\n<parameter=units>\nC\n</parameter>\n</function>\n</tool_call>',
    calls: [{ name: 'get_weather', arguments: { city: '12', units: 'C' } }],
  },
  {
    family: 'seed',
    what: 'thinking and a call',
    answer:
      '<seed:think>Hm.</seed:think><seed:tool_call>\n<function=get_weather>\n<parameter=city>Paris</parameter>\n</function>\n</seed:tool_call>',
    reasoning: 'Hm.',
    calls: [paris],
  },
  {
    family: 'minimax',
    what: 'two calls in one section',
    answer:
      '<minimax:tool_call>\n<invoke name="get_weather">\n<parameter name="city">Oslo</parameter>\n<parameter name="days">3</parameter>\n</invoke>\n<invoke name="now">\n</invoke>\n</minimax:tool_call>',
    calls: [oslo, now],
  },
  {
    family: 'deepseek-dsml',
    what: 'types told by their tags',
    answer:
      'So:\n\n<｜DSML｜function_calls>\n<｜DSML｜invoke name="get_weather">\n<｜DSML｜parameter name="city" string="true">Oslo</｜DSML｜parameter>\n<｜DSML｜parameter name="days" string="false">3</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
    text: 'So:',
    calls: [oslo],
  },
  {
    family: 'glm',
    what: 'thinking, then pairs',
    answer:
      '\n<think>Hm.</think>\nLooking.\n<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n<arg_key>days</arg_key>\n<arg_value>3</arg_value>\n</tool_call>\n<tool_call>now\n</tool_call>',
    reasoning: 'Hm.',
    text: 'Looking.',
    calls: [oslo, now],
  },
  {
    family: 'llama',
    what: 'an answer that is a call',
    answer: '{"name": "get_weather", "parameters": {"city": "Paris"}}',
    calls: [paris],
  },
  {
    family: 'llama',
    what: 'behind its mark, with a type',
    answer: '<|python_tag|>{"type": "function", "name": "get_weather", "parameters": {"city": "Paris"}}',
    calls: [paris],
  },
  { family: 'llama', what: 'JSON that is no call', answer: '{"answer": 42}', text: '{"answer": 42}' },
  { family: 'llama', what: 'text', answer: 'Hello {"name": "now"}', text: 'Hello {"name": "now"}' },
  {
    family: 'llama-python',
    what: 'calls as Python writes them',
    answer: `[get_weather(city='Oslo', days=3), now(), write-file(path="a/b.py", text=${JSON.stringify(code)})]`,
    calls: [oslo, now, file],
  },
  {
    family: 'llama-python',
    what: 'a list that is no call',
    answer: '[1, 2, f(3)]',
    text: '[1, 2, f(3)]',
  },
  {
    family: 'lfm',
    what: 'between marks, with values of all kinds',
    answer:
      '<|tool_call_start|>[write-file(path="]),(\\"", text=[True, None, {"a": -1.5, \'b\': (1, 2)}])]<|tool_call_end|>Done.',
    text: 'Done.',
    calls: [{ name: 'write-file', arguments: { path: ']),("', text: [true, null, { a: -1.5, b: [1, 2] }] } }],
  },
  {
    family: 'mistral',
    what: 'a list with ids',
    answer:
      '[TOOL_CALLS][{"name": "get_weather", "arguments": {"city": "Oslo", "days": 3}, "id": "abcdef123"}, {"name": "now", "arguments": {}, "id": "abcdef124"}]',
    calls: [oslo, now],
  },
  {
    family: 'mistral-named',
    what: 'thinking, and a mark for each call',
    answer:
      '[THINK]Hm.[/THINK][TOOL_CALLS]get_weather[CALL_ID]123456789[ARGS]{"city": "Oslo", "days": 3}[TOOL_CALLS]now[ARGS]{}',
    reasoning: 'Hm.',
    calls: [oslo, now],
  },
  {
    family: 'deepseek',
    what: 'a section of calls',
    answer:
      'Hm.</think>I look.<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>get_weather<｜tool▁sep｜>{"city": "Oslo", "days": 3}<｜tool▁call▁end｜><｜tool▁call▁begin｜>now<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    thinkingOpen: true,
    reasoning: 'Hm.',
    text: 'I look.',
    calls: [oslo, now],
  },
  {
    family: 'deepseek-fenced',
    what: 'arguments between fences',
    answer:
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{"city": "Oslo", "days": 3}\n```<｜tool▁call▁end｜>\n<｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    calls: [oslo, now],
  },
  {
    family: 'deepseek-fenced',
    what: 'without what is around all calls',
    answer:
      '<｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    text: '<｜tool▁calls▁end｜>',
    calls: [now],
  },
  {
    family: 'kimi',
    what: 'numbered names',
    answer:
      '<think>Hm.</think><|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{"city": "Oslo", "days": 3}<|tool_call_end|><|tool_call_begin|>functions.now:1<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>',
    reasoning: 'Hm.',
    calls: [oslo, now],
  },
  {
    family: 'harmony',
    what: 'thinking and an answer',
    answer: '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello.',
    reasoning: 'Hm.',
    text: 'Hello.',
  },
  {
    family: 'harmony',
    what: 'a preamble and a call, the recipient behind the channel',
    answer:
      '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary<|message|>I look.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city":"Oslo","days":3}',
    reasoning: 'Hm.',
    text: 'I look.',
    calls: [oslo],
  },
  {
    family: 'harmony',
    what: 'the recipient in front of the channel',
    answer: ' to=functions.now<|channel|>commentary json<|message|>{}<|call|>',
    calls: [now],
  },
  {
    family: 'harmony',
    what: 'a text without any channel, as a grammar gives it',
    answer: '{"a": 1}',
    text: '{"a": 1}',
  },
  {
    family: 'gemma',
    what: 'marks in place of quotes',
    answer:
      '<|tool_call>call:get_weather{city:<|"|>Oslo<|"|>,days:3}<tool_call|><|tool_call>call:write-file{path:<|"|>a, b: "c"<|"|>,text:[{a:true,b:<|"|><|"|>}]}<tool_call|>',
    calls: [oslo, { name: 'write-file', arguments: { path: 'a, b: "c"', text: [{ a: true, b: '' }] } }],
  },
  {
    family: 'phi',
    what: 'a list between marks',
    answer: '<|tool_call|>[{"name": "get_weather", "arguments": {"city": "Paris"}}]<|/tool_call|>',
    calls: [paris],
  },
  {
    family: 'granite',
    what: 'a list to the end',
    answer: '<|tool_call|>[{"name": "get_weather", "arguments": {"city": "Paris"}}, {"name": "now"}]',
    calls: [paris, now],
  },
  {
    family: 'nemotron',
    what: 'a list between tags',
    answer: '<TOOLCALL>[{"name": "now", "arguments": {}}]</TOOLCALL>',
    calls: [now],
  },
  {
    family: 'command-r',
    what: 'other names for the keys',
    answer:
      '<|START_THINKING|>Hm.<|END_THINKING|><|START_ACTION|>[\n    {"tool_call_id": "0", "tool_name": "get_weather", "parameters": {"city": "Paris"}}\n]<|END_ACTION|>',
    reasoning: 'Hm.',
    calls: [paris],
  },
];
