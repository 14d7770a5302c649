import type { JinjaCall, JinjaInput, JinjaMessage, JinjaTemplate } from './jinja.ts';

/** What a template can write, found by letting it write. What it lacks is put in another way. */
export interface TemplateFacts {
  /** A system message at the beginning. */
  readonly system: boolean;
  /** System messages further on. */
  readonly laterSystem: boolean;
  /** Two messages of the same role after each other; otherwise they have to alternate, from the user on. */
  readonly repeatedRoles: boolean;
  /** The tools that there are. */
  readonly tools: boolean;
  /** Wants a list of tools, be it empty. */
  readonly emptyTools: boolean;
  /** Calls of earlier messages, their arguments as an object or as JSON text; null: not at all. */
  readonly calls: 'object' | 'text' | null;
  /** Several calls in one message. */
  readonly severalCalls: boolean;
  /** What a tool answered, in a message of its own. */
  readonly toolAnswers: boolean;
  /** Ids of calls have to have nine letters or digits. */
  readonly shortIds: boolean;
  /** Contents have to be lists of parts. */
  readonly parts: boolean;
  /** Thinking that is handed back, by the name of its field; null: it is left out. */
  readonly reasoningField: 'reasoning_content' | 'thinking' | null;
}

const user = message('user', 'impetus-user');
const answer = message('assistant', 'impetus-answer');
const id = 'impetus01';
const tool = {
  type: 'function',
  function: {
    name: 'impetus_tool',
    description: 'impetus-description',
    parameters: {
      type: 'object',
      properties: { impetus_key: { type: 'string', description: 'impetus-parameter' } },
      required: ['impetus_key'],
    },
  },
};
const given = { impetus_key: 'impetus-value' };
const toolAnswer: JinjaMessage = {
  role: 'tool',
  content: 'impetus-result',
  tool_call_id: id,
  name: 'impetus_tool',
};

/** `base`: the variables that every rendering has. */
export function probeTemplate(
  template: JinjaTemplate,
  source: string,
  base: Readonly<Record<string, unknown>>,
): TemplateFacts {
  const write = (input: Partial<JinjaInput>) =>
    attempt(template, { messages: [user], add_generation_prompt: true, ...base, ...input });
  const emptyTools = write({}) === null && write({ tools: [] }) !== null;
  const shows = (marks: readonly string[], input: Partial<JinjaInput>) => {
    const text = write(emptyTools ? { tools: [], ...input } : input);
    return text !== null && marks.every((mark) => text.includes(mark));
  };
  const talk = (marks: readonly string[], ...messages: JinjaMessage[]) => shows(marks, { messages });
  const withTools = (marks: readonly string[], ...messages: JinjaMessage[]) =>
    shows(marks, { messages, tools: [tool] });
  const calling = (form: 'object' | 'text', callId = id) =>
    withTools(['impetus_tool', 'impetus_key', 'impetus-value'], user, calls(form, callId));

  const instructed = message('system', 'impetus-system');
  const system = talk(['impetus-system', 'impetus-user'], instructed, user);
  const parts = !talk(['impetus-user'], user) && talk(['impetus-user'], asParts('user', 'impetus-user'));
  const callForm = calling('object') ? 'object' : calling('text') ? 'text' : null;
  const form = callForm ?? 'object';
  return {
    system,
    laterSystem: talk(
      ['impetus-later', ...(system ? ['impetus-system'] : [])],
      ...(system ? [instructed] : []),
      user,
      answer,
      message('system', 'impetus-later'),
      message('user', 'impetus-next'),
    ),
    repeatedRoles: talk(['impetus-user', 'impetus-next'], user, message('user', 'impetus-next')),
    tools: withTools(['impetus_tool', 'impetus_key'], user),
    emptyTools,
    calls: callForm !== null && escaped(template, base, callForm) ? 'text' : callForm,
    severalCalls: withTools(['impetus_tool', 'impetus_second'], user, calls(form, id, 'impetus_second')),
    toolAnswers: withTools(['impetus-result'], user, calls(form, id), toolAnswer),
    shortIds: callForm !== null && !calling(callForm, 'call_impetus-longer'),
    parts,
    reasoningField: reasoningField(source),
  };
}

function reasoningField(source: string): TemplateFacts['reasoningField'] {
  if (source.includes('reasoning_content')) return 'reasoning_content';
  return /\bmessage\.thinking\b/u.test(source) ? 'thinking' : null;
}

/** Whether the arguments come out as a string inside of the JSON, where they are given as an object. */
function escaped(
  template: JinjaTemplate,
  base: Readonly<Record<string, unknown>>,
  form: 'object' | 'text',
): boolean {
  if (form === 'text') return false;
  const text = attempt(template, {
    ...base,
    messages: [user, calls('object', id)],
    tools: [tool],
    add_generation_prompt: true,
  });
  return text?.includes('[object Object]') === true;
}

function calls(form: 'object' | 'text', callId: string, second?: string): JinjaMessage {
  const made = (name: string): JinjaCall => ({
    type: 'function',
    id: callId,
    function: { name, arguments: form === 'object' ? given : JSON.stringify(given) },
  });
  const tool_calls = [made('impetus_tool'), ...(second === undefined ? [] : [made(second)])];
  return { role: 'assistant', content: '', tool_calls };
}

function message(role: string, content: string): JinjaMessage {
  return { role, content };
}

function asParts(role: string, content: string): JinjaMessage {
  return { role, content: [{ type: 'text', text: content }] };
}

function attempt(template: JinjaTemplate, input: JinjaInput): string | null {
  try {
    return template(input);
  } catch {
    return null;
  }
}
