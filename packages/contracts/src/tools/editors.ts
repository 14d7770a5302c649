import { apiOf, authorityInShell, exports, json, outputOf, quoted, shellText } from './text.ts';
import type { Tool } from './types.ts';

/** Editors and what is installed into them. */
export const editorTools: readonly Tool[] = [
  {
    id: 'cline',
    name: 'Cline',
    kind: 'editor',
    about: 'Agent for VS Code, JetBrains and the terminal',
    trust: 'system',
    needsName: true,
    needs: ['models', 'stream', 'usage', 'tools', 'context'],
    opensWith: 6_000,
    link: { href: 'vscode:extension/saoudrizwan.claude-dev', label: 'Open in VS Code' },
    steps: (target) => [
      {
        kind: 'form',
        where: 'In the editor: Cline, the gear, API Configuration',
        fields: [
          { label: 'API Provider', value: 'OpenAI Compatible' },
          { label: 'Base URL', value: apiOf(target) },
          { label: 'API Key', value: target.key },
          { label: 'Model ID', value: target.model.id },
          { label: 'Context Window Size', value: String(target.model.contextSize) },
          { label: 'Max Output Tokens', value: String(outputOf(target.model)) },
        ],
      },
      {
        kind: 'terminal',
        note: 'Or in a terminal, for its command-line program.',
        text: [
          exports({ NODE_EXTRA_CA_CERTS: authorityInShell(target) }),
          `cline auth --provider openai-compatible --baseurl ${apiOf(target)} --apikey ${target.key} --modelid ${shellText(target.model.id)}`,
        ]
          .filter(Boolean)
          .join('\n'),
      },
    ],
  },
  {
    id: 'continue',
    name: 'Continue',
    kind: 'editor',
    about: 'Chat, edits and completion in VS Code and JetBrains; cn in the terminal',
    trust: 'system',
    needs: ['models', 'stream', 'tools', 'fim', 'context'],
    opensWith: 2_000,
    link: { href: 'vscode:extension/Continue.continue', label: 'Open in VS Code' },
    steps: (target) => [
      {
        kind: 'file',
        path: '~/.continue/config.yaml',
        language: 'yaml',
        text: `name: IMPETUS
version: 1.0.0
schema: v1
models:
  - name: ${quoted(target.model.name)}
    provider: openai
    model: ${quoted(target.model.id)}
    apiBase: ${quoted(apiOf(target))}
    apiKey: ${quoted(target.key)}
    # Without this, names that look like OpenAI’s own go to another endpoint.
    useResponsesApi: false
    roles: [chat, edit, apply, autocomplete]
    capabilities: [tool_use]
    defaultCompletionOptions:
      contextLength: ${target.model.contextSize}
      maxTokens: ${outputOf(target.model)}
`,
      },
      ...(target.authority === null
        ? []
        : [
            {
              kind: 'terminal',
              note: 'For cn, its command-line program.',
              text: exports({ NODE_EXTRA_CA_CERTS: authorityInShell(target) }),
            } as const,
          ]),
    ],
  },
  {
    id: 'copilot',
    name: 'GitHub Copilot',
    kind: 'editor',
    about: 'Chat and agent in VS Code 1.122 or later',
    trust: 'system',
    needs: ['stream', 'tools', 'context'],
    opensWith: 10_000,
    link: { href: 'vscode:extension/GitHub.copilot-chat', label: 'Open in VS Code' },
    steps: (target) => [
      {
        kind: 'form',
        where: 'Command palette: Chat: Manage Language Models, Add, Custom Endpoint',
        fields: [
          { label: 'Group name', value: 'IMPETUS' },
          { label: 'API key', value: target.key },
          { label: 'API type', value: 'Chat Completions' },
        ],
      },
      {
        kind: 'file',
        path: 'chatLanguageModels.json',
        language: 'json',
        note: 'It opens from the gear beside the group. Keep the line "apiKey" as VS Code wrote it: it names the key that was typed.',
        text: json([
          {
            name: 'IMPETUS',
            vendor: 'customendpoint',
            apiType: 'chat-completions',
            models: [
              {
                id: target.model.id,
                name: target.model.name,
                url: `${apiOf(target)}/chat/completions`,
                toolCalling: true,
                vision: false,
                thinking: target.model.thinks,
                streaming: true,
                maxInputTokens: target.model.contextSize - outputOf(target.model),
                maxOutputTokens: outputOf(target.model),
              },
            ],
          },
        ]),
      },
    ],
  },
  {
    id: 'zed',
    name: 'Zed',
    kind: 'editor',
    about: 'The editor’s own agent and assistant',
    trust: 'system',
    needs: ['stream', 'tools', 'context'],
    opensWith: 5_000,
    steps: (target) => [
      {
        kind: 'file',
        path: '~/.config/zed/settings.json',
        language: 'json',
        text: json({
          language_models: {
            openai_compatible: {
              IMPETUS: {
                api_url: apiOf(target),
                available_models: [
                  {
                    name: target.model.id,
                    display_name: target.model.name,
                    max_tokens: target.model.contextSize,
                    max_output_tokens: outputOf(target.model),
                    capabilities: {
                      tools: true,
                      images: false,
                      parallel_tool_calls: true,
                      prompt_cache_key: false,
                    },
                  },
                ],
              },
            },
          },
          agent: { default_model: { provider: 'IMPETUS', model: target.model.id } },
        }),
      },
      {
        kind: 'form',
        where: 'Command palette: agent: open settings, LLM Providers, IMPETUS',
        fields: [{ label: 'API key', value: target.key }],
      },
    ],
  },
  {
    id: 'jetbrains',
    name: 'JetBrains AI Assistant',
    kind: 'editor',
    about: 'Chat in IntelliJ IDEA, PyCharm, WebStorm and the others',
    trust: 'system',
    needs: ['models', 'stream', 'context'],
    opensWith: 4_000,
    steps: (target) => [
      {
        kind: 'form',
        where: 'Settings, Tools, AI Assistant, Providers & API keys',
        ...(target.authority === null
          ? {}
          : {
              note: 'When the IDE asks whether it may trust the certificate, compare the fingerprint with the one under Connections.',
            }),
        fields: [
          { label: 'Provider', value: 'OpenAI-compatible' },
          { label: 'URL', value: apiOf(target) },
          { label: 'API Key', value: target.key },
          { label: 'Model', value: target.model.id },
        ],
      },
    ],
  },
];
