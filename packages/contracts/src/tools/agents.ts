import { apiOf, authorityInShell, exports, json, outputOf, quoted } from './text.ts';
import type { Tool, ToolStep } from './types.ts';

const chat = ['models', 'stream', 'usage', 'tools', 'context'] as const;

/** Variables that the program reads, for good. */
const inEveryTerminal = (variables: Parameters<typeof exports>[0]): ToolStep => ({
  kind: 'terminal',
  note: 'Put these lines into ~/.zshrc (or ~/.bashrc), so that every terminal has them.',
  text: exports(variables),
});

/** Agents that work in a terminal. */
export const agentTools: readonly Tool[] = [
  {
    id: 'claude-code',
    name: 'Claude Code',
    kind: 'agent',
    about: 'Anthropic’s agent for the terminal',
    trust: 'file',
    needsName: true,
    needs: ['stream', 'tools', 'messages', 'context'],
    opensWith: 13_000,
    steps: (target) => [
      inEveryTerminal({
        // It adds /v1/messages itself.
        ANTHROPIC_BASE_URL: target.origin,
        ANTHROPIC_AUTH_TOKEN: target.key,
        ANTHROPIC_MODEL: target.model.id,
        ANTHROPIC_DEFAULT_OPUS_MODEL: target.model.id,
        ANTHROPIC_DEFAULT_SONNET_MODEL: target.model.id,
        ANTHROPIC_DEFAULT_HAIKU_MODEL: target.model.id,
        CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(target.model.contextSize),
        CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(outputOf(target.model)),
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        NODE_EXTRA_CA_CERTS: authorityInShell(target),
      }),
    ],
  },
  {
    id: 'codex',
    name: 'Codex CLI',
    kind: 'agent',
    about: 'OpenAI’s agent for the terminal',
    trust: 'file',
    needs: ['stream', 'tools', 'responses', 'context'],
    opensWith: 10_000,
    steps: (target) => [
      {
        kind: 'file',
        path: '~/.codex/config.toml',
        language: 'toml',
        note: 'The first three lines belong at the top of the file, before any [section].',
        text: `model = ${quoted(target.model.id)}
model_provider = "impetus"
model_context_window = ${target.model.contextSize}

[model_providers.impetus]
name = "IMPETUS"
base_url = ${quoted(apiOf(target))}
env_key = "IMPETUS_API_KEY"
wire_api = "responses"
`,
      },
      inEveryTerminal({
        IMPETUS_API_KEY: target.key,
        CODEX_CA_CERTIFICATE: authorityInShell(target),
      }),
    ],
  },
  {
    id: 'opencode',
    name: 'opencode',
    kind: 'agent',
    about: 'Open agent for the terminal',
    trust: 'file',
    needsName: true,
    needs: chat,
    opensWith: 8_000,
    steps: (target) => [
      {
        kind: 'file',
        path: '~/.config/opencode/opencode.json',
        language: 'json',
        text: json({
          $schema: 'https://opencode.ai/config.json',
          model: `impetus/${target.model.id}`,
          small_model: `impetus/${target.model.id}`,
          provider: {
            impetus: {
              npm: '@ai-sdk/openai-compatible',
              name: 'IMPETUS',
              options: { baseURL: apiOf(target), apiKey: '{env:IMPETUS_API_KEY}' },
              models: {
                [target.model.id]: {
                  name: target.model.name,
                  tool_call: true,
                  reasoning: target.model.thinks,
                  limit: { context: target.model.contextSize, output: outputOf(target.model) },
                },
              },
            },
          },
        }),
      },
      inEveryTerminal({ IMPETUS_API_KEY: target.key, NODE_EXTRA_CA_CERTS: authorityInShell(target) }),
    ],
  },
  {
    id: 'qwen-code',
    name: 'qwen-code',
    kind: 'agent',
    about: 'Qwen’s agent for the terminal',
    trust: 'file',
    needs: chat,
    opensWith: 20_000,
    steps: (target) => [
      {
        kind: 'file',
        path: '~/.qwen/settings.json',
        language: 'json',
        // Left to itself it asks for 32,000 tokens, which a small context cannot promise.
        text: json({
          security: { auth: { selectedType: 'openai' } },
          model: { name: target.model.id },
          modelProviders: {
            openai: [
              {
                id: target.model.id,
                name: target.model.name,
                envKey: 'IMPETUS_API_KEY',
                baseUrl: apiOf(target),
                generationConfig: {
                  contextWindowSize: target.model.contextSize,
                  samplingParams: { max_tokens: outputOf(target.model) },
                },
              },
            ],
          },
        }),
      },
      inEveryTerminal({ IMPETUS_API_KEY: target.key, NODE_EXTRA_CA_CERTS: authorityInShell(target) }),
    ],
  },
  {
    id: 'aider',
    name: 'Aider',
    kind: 'agent',
    about: 'Pair programming in the terminal',
    trust: 'file',
    needs: ['models', 'stream', 'context'],
    opensWith: 3_000,
    steps: (target) => [
      {
        kind: 'file',
        path: '~/.aider.conf.yml',
        language: 'yaml',
        text: `model: ${quoted(`openai/${target.model.id}`)}
openai-api-base: ${quoted(apiOf(target))}
openai-api-key: ${quoted(target.key)}
`,
      },
      {
        kind: 'file',
        path: '~/.aider.model.metadata.json',
        language: 'json',
        note: 'With this Aider knows how much the model holds.',
        text: json({
          [`openai/${target.model.id}`]: {
            max_input_tokens: target.model.contextSize,
            max_output_tokens: outputOf(target.model),
            input_cost_per_token: 0,
            output_cost_per_token: 0,
            litellm_provider: 'openai',
            mode: 'chat',
          },
        }),
      },
      ...(target.authority === null ? [] : [inEveryTerminal({ SSL_CERT_FILE: authorityInShell(target) })]),
    ],
  },
];
