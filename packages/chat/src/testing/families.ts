/**
 * The marks that templates of each family have in common, in the place of a template. Real templates are read from
 * the llama.cpp sources of an installed package, where the runner's tests find them.
 */
export const families = {
  general: '{{ messages }}',
  hermes:
    "{% if tools %}<tools></tools>{% endif %}<tool_call>{'name', 'arguments'}</tool_call> <think></think>",
  'qwen-coder':
    '{{ tools }}<tool_call>\n<function=a>\n<parameter=b>\n</parameter>\n</function>\n</tool_call>',
  seed: '{{ tools }}<seed:tool_call><function=a><parameter=b></parameter></function></seed:tool_call></seed:think>',
  minimax: '{{ tools }}<minimax:tool_call><invoke name="a"></minimax:tool_call></think>',
  glm: '{{ tools }}<tool_call>a<arg_key>k</arg_key><arg_value>v</arg_value></tool_call></think>',
  llama: '{{ tools }}<|start_header_id|>{"name": function name, "parameters": dictionary}',
  'llama-python': '{{ tools }}<|header_start|>[func_name1(params_name1=params_value1)]',
  lfm: '{{ tools }}<|tool_call_start|>[]<|tool_call_end|>',
  'lfm-2': '{{ tools }}<|tool_list_start|>',
  mistral: '{{ tools }}[AVAILABLE_TOOLS][TOOL_CALLS]',
  'mistral-named': '{{ tools }}[TOOL_CALLS]a[ARGS]{}[/THINK]',
  deepseek: '{{ tools }}<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>a<｜tool▁sep｜></think>',
  'deepseek-fenced': '{{ tools }}<｜tool▁call▁begin｜>function<｜tool▁sep｜>a\n```json</think>',
  'deepseek-dsml': '{{ tools }}｜DSML｜ function_calls </think>',
  kimi: '{{ tools }}<|tool_call_begin|>functions.a:0<|tool_call_argument_begin|></think>',
  harmony: '{{ tools }}<|channel|>analysis<|message|>',
  gemma: '{{ tools }}<|tool_call>call:a{}<tool_call|>',
  phi: '{{ tools }}<|tool_call|>[]<|/tool_call|>',
  granite: '{{ tools }}<|tool_call|>[]',
  nemotron: '{{ tools }}<TOOLCALL>[]</TOOLCALL>',
  'command-r': '{{ tools }}<|START_ACTION|>[]<|END_ACTION|><|END_THINKING|>',
} as const;

export type FamilyName = keyof typeof families;
