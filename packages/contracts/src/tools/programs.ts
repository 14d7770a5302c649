import { apiOf, authorityInShell, exports, quoted, shellText } from './text.ts';
import type { Tool, ToolStep, ToolTarget } from './types.ts';

/** Variables that both of OpenAI’s packages read. */
function openAiVariables(target: ToolTarget, certificate: 'SSL_CERT_FILE' | 'NODE_EXTRA_CA_CERTS'): string {
  return exports({
    OPENAI_BASE_URL: apiOf(target),
    OPENAI_API_KEY: target.key,
    [certificate]: authorityInShell(target),
  });
}

const isLoopback = ({ origin }: ToolTarget): boolean =>
  /^http:\/\/(?:localhost|127\.0\.0\.1)(?=[:/]|$)/u.test(origin);

/** On the Mac itself it runs without a container: the loopback address lets nobody in by another name. */
function webUiHere(target: ToolTarget): ToolStep {
  return {
    kind: 'terminal',
    note: 'From a container this address is not reached; choose one that begins with https for that.',
    text: `${exports({ OPENAI_API_BASE_URL: apiOf(target), OPENAI_API_KEY: target.key })}
pip install open-webui
open-webui serve --port 3000`,
  };
}

function webUiInContainer(target: ToolTarget): ToolStep {
  const run = [
    'docker run --detach --publish 3000:8080 --name open-webui',
    '--volume open-webui:/app/backend/data',
    ...(target.authority === null
      ? []
      : ['--volume "$HOME/impetus-bundle.pem":/bundle.pem:ro', '--env SSL_CERT_FILE=/bundle.pem']),
    `--env OPENAI_API_BASE_URL=${apiOf(target)}`,
    `--env OPENAI_API_KEY=${target.key}`,
    'ghcr.io/open-webui/open-webui:main',
  ].join(' \\\n  ');
  if (target.authority === null) return { kind: 'terminal', text: run };
  const known = '$(ls /etc/ssl/cert.pem /etc/ssl/certs/ca-certificates.crt 2>/dev/null | head -n 1)';
  return {
    kind: 'terminal',
    note: 'The first line joins the certificate to those that everybody trusts. A container does not know names that end in .local: choose an address of numbers.',
    text: `cat "${known}" ${authorityInShell(target)} > "$HOME/impetus-bundle.pem"\n${run}`,
  };
}

function curlCommand(target: ToolTarget): string {
  const body = JSON.stringify({
    model: target.model.id,
    messages: [{ role: 'user', content: 'Say hello.' }],
    max_tokens: 64,
    stream: true,
  });
  const authority = authorityInShell(target);
  return [
    `curl --no-buffer ${apiOf(target)}/chat/completions`,
    ...(authority === null ? [] : [`--cacert ${authority}`]),
    `--header ${shellText(`authorization: Bearer ${target.key}`)}`,
    `--header ${shellText('content-type: application/json')}`,
    `--data ${shellText(body)}`,
  ].join(' \\\n  ');
}

/** A chat in the browser, and programs of one’s own. */
export const programTools: readonly Tool[] = [
  {
    id: 'open-webui',
    name: 'Open WebUI',
    kind: 'chat',
    about: 'Chat in the browser, on a server of your own',
    trust: 'file',
    needs: ['models', 'stream', 'usage'],
    opensWith: null,
    steps: (target) => [
      isLoopback(target) ? webUiHere(target) : webUiInContainer(target),
      {
        kind: 'form',
        where: 'Or where it runs already: Admin Panel, Settings, Connections, OpenAI API, +',
        fields: [
          { label: 'URL', value: apiOf(target) },
          { label: 'Key', value: target.key },
        ],
      },
    ],
  },
  {
    id: 'curl',
    name: 'curl',
    kind: 'code',
    about: 'One request, to see that it works',
    trust: 'file',
    needs: ['stream'],
    opensWith: null,
    steps: (target) => [{ kind: 'terminal', text: curlCommand(target) }],
  },
  {
    id: 'python',
    name: 'Python',
    kind: 'code',
    about: 'The openai package',
    trust: 'file',
    needs: ['stream'],
    opensWith: null,
    steps: (target) => [
      { kind: 'terminal', text: `pip install openai\n${openAiVariables(target, 'SSL_CERT_FILE')}` },
      {
        kind: 'program',
        path: 'hello.py',
        language: 'python',
        text: `from openai import OpenAI

client = OpenAI()
stream = client.chat.completions.create(
    model=${quoted(target.model.id)},
    messages=[{"role": "user", "content": "Say hello."}],
    max_tokens=64,
    stream=True,
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "", end="", flush=True)
`,
      },
    ],
  },
  {
    id: 'typescript',
    name: 'TypeScript',
    kind: 'code',
    about: 'The openai package, in Node',
    trust: 'file',
    needs: ['stream'],
    opensWith: null,
    steps: (target) => [
      { kind: 'terminal', text: `npm install openai\n${openAiVariables(target, 'NODE_EXTRA_CA_CERTS')}` },
      {
        kind: 'program',
        path: 'hello.ts',
        language: 'typescript',
        text: `import OpenAI from 'openai';

const client = new OpenAI();
const stream = await client.chat.completions.create({
  model: ${quoted(target.model.id)},
  messages: [{ role: 'user', content: 'Say hello.' }],
  max_tokens: 64,
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
`,
      },
    ],
  },
];
