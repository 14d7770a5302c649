/** A good request, with as many of its fields as make sense together: what is mutated is one of them. */
export interface Example {
  readonly dialect: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether a refusal has the form that clients of this dialect read. */
  readonly isError: (body: unknown) => boolean;
  /** Of the answer to the request as it is, where the sample model cannot do what is asked. */
  readonly status?: number;
}

const model = 'impetus-sample';
const parameters = {
  type: 'object',
  properties: { city: { enum: ['Ulm', 'Bonn'] }, days: { type: 'integer', minimum: 1, maximum: 3 } },
  required: ['city'],
  additionalProperties: false,
};
/** Every keyword that clients were seen to send. */
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: { word: { type: 'string', pattern: '^[a-z]{1,3}$' } },
  type: 'object',
  properties: {
    word: { $ref: '#/$defs/word' },
    text: { type: ['string', 'null'], minLength: 1, maxLength: 4, default: 'a' },
    number: { type: 'number', exclusiveMinimum: 0, maximum: 9 },
    tens: { type: 'integer', multipleOf: 10, minimum: 10, maximum: 90 },
    list: { type: 'array', items: { const: 1 }, minItems: 1, maxItems: 2, uniqueItems: false },
    pair: { type: 'array', prefixItems: [{ enum: [1, 'b', null] }], items: false },
    either: { anyOf: [{ type: 'boolean' }, { type: 'string', format: 'date' }] },
    one: { oneOf: [{ const: 'x' }, { const: 'y' }] },
    all: { allOf: [{ type: 'object', properties: {}, additionalProperties: { type: 'null' } }] },
  },
  required: ['word', 'tens'],
  additionalProperties: false,
};
const sampling = { temperature: 0.7, top_p: 0.9, frequency_penalty: 0, presence_penalty: 0, seed: 7 };
const localSampling = {
  top_k: 20,
  min_p: 0.05,
  repeat_penalty: 1.1,
  repeat_last_n: 32,
  logit_bias: { 7: -1 },
};

const llamaCppSampling = { logit_bias: [[7, -1]], xtc_probability: 0, dry_multiplier: 0 };
const ollamaSampling = { temperature: 0.7, top_p: 0.9, min_p: 0.05, repeat_penalty: 1.1, seed: 7 };

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** `{"error": {"message": …, "type": …, "param": …, "code": …}}` */
function isOpenAiError(body: unknown): boolean {
  const { message, type, param, code } = fieldsOf(fieldsOf(body)['error']);
  const isOptional = (value: unknown) => value === null || typeof value === 'string';
  return typeof message === 'string' && typeof type === 'string' && isOptional(param) && isOptional(code);
}

/** `{"type": "error", "error": {"type": …, "message": …}, "request_id": …}` */
function isAnthropicError(body: unknown): boolean {
  const { type, error, request_id: id } = fieldsOf(body);
  const { type: kind, message } = fieldsOf(error);
  return type === 'error' && [kind, message, id].every((value) => typeof value === 'string');
}

/** `{"error": …}`, in words alone. */
function isOllamaError(body: unknown): boolean {
  return typeof fieldsOf(body)['error'] === 'string';
}

/** `{"error": {"code": …, "message": …, "type": …}}`, where the code is the status. */
function isLlamaCppError(body: unknown): boolean {
  const { code, message, type } = fieldsOf(fieldsOf(body)['error']);
  return typeof code === 'number' && typeof message === 'string' && typeof type === 'string';
}

const openai = (path: string, body: Example['body']): Example => ({
  dialect: 'openai',
  path,
  headers: {},
  body: { model, ...body },
  isError: isOpenAiError,
});

const anthropic = (path: string, body: Example['body']): Example => ({
  dialect: 'anthropic',
  path,
  headers: { 'anthropic-version': '2023-06-01' },
  body: { model, ...body },
  isError: isAnthropicError,
});

const ollama = (path: string, body: Example['body']): Example => ({
  dialect: 'ollama',
  path,
  headers: {},
  body: { model, ...body },
  isError: isOllamaError,
});

const llamaCpp = (path: string, body: Example['body']): Example => ({
  dialect: 'llamacpp',
  path,
  headers: {},
  body: { model, ...body },
  isError: isLlamaCppError,
});

const openaiTool = {
  type: 'function',
  function: { name: 'weather', description: 'd', parameters, strict: true },
};
const openaiMessages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'Hello.' }], name: 'me' },
  {
    role: 'assistant',
    content: null,
    reasoning_content: 'Hm.',
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: '12 °C' },
  { role: 'user', content: 'Thank you.' },
];

const claudesTool = { name: 'weather', description: 'd', input_schema: parameters, strict: true };
const claudesPrompt = {
  system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hello.' },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A letter.' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'x' },
        { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Ulm' } },
      ],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 't1',
          content: [{ type: 'text', text: '12 °C' }],
          is_error: false,
        },
      ],
    },
  ],
  tools: [claudesTool, { type: 'web_search_20250305', name: 'web_search' }],
  tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 1_024 },
  output_config: { effort: 'low' },
};

/** Every endpoint that takes a body. A dialect that is added adds its own. */
export const examples: readonly Example[] = [
  openai('/v1/chat/completions', {
    messages: openaiMessages,
    tools: [openaiTool],
    tool_choice: 'auto',
    parallel_tool_calls: false,
    max_tokens: 4,
    stream: true,
    stream_options: { include_usage: true },
    stop: ['END'],
    reasoning_effort: 'low',
    chat_template_kwargs: { enable_thinking: false },
    ...sampling,
    ...localSampling,
  }),
  openai('/v1/chat/completions', {
    messages: [{ role: 'user', content: 'Hi' }],
    max_completion_tokens: 4,
    n: 2,
    logprobs: true,
    top_logprobs: 2,
    response_format: { type: 'json_schema', json_schema: { name: 'a', schema, strict: true } },
    metadata: { a: 'b' },
    user: 'u',
  }),
  openai('/v1/chat/completions', { messages: [{ role: 'user', content: 'Hi' }], grammar: 'root ::= "a"' }),
  openai('/v1/completions', {
    prompt: 'Once',
    max_tokens: 4,
    n: 1,
    best_of: 1,
    echo: true,
    logprobs: 1,
    stream: false,
    stop: 'END',
    ...sampling,
    ...localSampling,
  }),
  openai('/v1/completions', { prompt: [[5, 6, 7], [8]], max_tokens: 2, stream: true, logprobs: 0 }),
  openai('/v1/embeddings', { input: ['a', 'b'], encoding_format: 'base64', dimensions: 8, user: 'u' }),
  openai('/v1/responses', {
    input: [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Ulm"}' },
      { type: 'function_call_output', call_id: 'c1', output: '12 °C' },
    ],
    instructions: 'Be brief.',
    tools: [{ type: 'function', name: 'weather', description: 'd', parameters, strict: false }],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    max_output_tokens: 16,
    reasoning: { effort: 'low', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 'a', schema } },
    include: ['reasoning.encrypted_content'],
    store: false,
    stream: true,
    temperature: 0.7,
    top_p: 0.9,
  }),
  openai('/v1/responses', {
    input: 'Hello.',
    max_output_tokens: 16,
    previous_response_id: null,
    store: true,
  }),
  anthropic('/v1/messages', {
    ...claudesPrompt,
    max_tokens: 4,
    stream: true,
    stop_sequences: ['END'],
    temperature: 0.7,
    top_p: 0.9,
    top_k: 20,
    metadata: { user_id: 'u' },
  }),
  anthropic('/v1/messages', {
    messages: [{ role: 'user', content: 'Hi' }],
    max_tokens: 4,
    output_config: { format: { type: 'json_schema', schema } },
  }),
  anthropic('/v1/messages/count_tokens', claudesPrompt),
  ollama('/api/chat', {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello.', images: [] },
      {
        role: 'assistant',
        content: '',
        thinking: 'Hm.',
        tool_calls: [{ id: 'c1', function: { name: 'weather', arguments: { city: 'Ulm' } } }],
      },
      { role: 'tool', content: '12 °C', tool_name: 'weather', tool_call_id: 'c1' },
    ],
    tools: [{ type: 'function', function: { name: 'weather', description: 'd', parameters } }],
    format: '',
    think: false,
    stream: true,
    keep_alive: '5m',
    options: { num_ctx: 512, num_predict: 4, stop: ['END'], top_k: 20, ...ollamaSampling },
    logprobs: true,
    top_logprobs: 2,
  }),
  ollama('/api/generate', {
    prompt: 'Once',
    system: 'Be brief.',
    raw: false,
    format: schema,
    options: { num_predict: 4 },
    keep_alive: 300,
  }),
  ollama('/api/embed', { input: ['a', 'b'], truncate: true, dimensions: 8, keep_alive: -1 }),
  ollama('/api/embeddings', { prompt: 'a', options: { num_ctx: 256 } }),
  ollama('/api/show', { verbose: true }),
  llamaCpp('/completion', {
    prompt: 'Once',
    n_predict: 4,
    stream: true,
    stop: ['END'],
    temperature: 0.7,
    seed: 7,
    n_probs: 2,
    json_schema: schema,
    ...localSampling,
    ...llamaCppSampling,
  }),
  {
    ...llamaCpp('/infill', {
      input_prefix: 'a',
      input_suffix: 'b',
      input_extra: [{ filename: 'c.ts', text: 'd' }],
      prompt: '',
      n_predict: 4,
    }),
    status: 400,
  },
  llamaCpp('/tokenize', { content: 'Once', add_special: true, parse_special: false, with_pieces: true }),
  llamaCpp('/detokenize', { tokens: [5, 6, 7] }),
  llamaCpp('/apply-template', {
    messages: openaiMessages,
    tools: [openaiTool],
    chat_template_kwargs: { enable_thinking: false },
  }),
  llamaCpp('/embedding', { content: ['a', 'b'] }),
  {
    ...openai('/v1/rerank', {
      query: 'a',
      documents: ['b', { text: 'c' }],
      top_n: 1,
      return_documents: true,
    }),
    status: 400,
  },
];
