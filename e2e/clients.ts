import type { AgentProcess, SignedInBrowser } from '@impetus/test-kit';
import type { Page } from '@playwright/test';

/** What an answer cost, as the endpoint tells it. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

/** An API key of a new client. */
export async function createKey(agent: AgentProcess, name: string): Promise<string> {
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', name);
  return key;
}

/** Asks the sample model as another program would; answers its usage, or the status where it was refused. */
export async function chatWithKey(
  agent: AgentProcess,
  key: string,
  { question, maxTokens = 16 }: { readonly question: string; readonly maxTokens?: number },
): Promise<Usage | number> {
  const response = await fetch(`${agent.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'impetus-sample',
      max_tokens: maxTokens,
      messages: [{ role: 'user', content: question }],
    }),
  });
  const body = (await response.json()) as { usage: Usage };
  return response.ok ? body.usage : response.status;
}

/** Keeps the runner of the sample model from going on until it is disposed: nothing answers too fast to be seen. */
export async function holdRunner(agent: AgentProcess): Promise<Disposable> {
  await agent.cli('models', 'load', 'impetus-sample');
  const { runners } = await agent.cli<{ runners: { pid: number; modelId: string }[] }>('status');
  const { pid } = runners.find(({ modelId }) => modelId === 'impetus-sample') ?? { pid: 0 };
  process.kill(pid, 'SIGSTOP');
  return {
    [Symbol.dispose]() {
      process.kill(pid, 'SIGCONT');
    },
  };
}

/** Management as a signed-in browser asks it, without a page. */
export interface ManagementCaller {
  query<T>(procedure: string): Promise<T>;
  mutate<T>(procedure: string, input: unknown): Promise<T>;
  /** The ids of all devices. */
  devices(): Promise<readonly string[]>;
}

export function callerOf({ cookie, origin }: SignedInBrowser): ManagementCaller {
  const call = async <T>(procedure: string, options: RequestInit): Promise<T> => {
    const headers = { cookie, origin, 'content-type': 'application/json' };
    const response = await fetch(`${origin}/trpc/${procedure}`, { ...options, headers });
    if (!response.ok) throw new Error(`${procedure} answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { result: { data: T } }).result.data;
  };
  const query = <T>(procedure: string): Promise<T> => call<T>(procedure, {});
  return {
    query,
    mutate: (procedure, input) => call(procedure, { method: 'POST', body: JSON.stringify(input) }),
    devices: async () => (await query<{ id: string }[]>('devices.list')).map(({ id }) => id).toSorted(),
  };
}

/** Opens a page of an agent as its owner. */
export async function openAsOwner(page: Page, agent: AgentProcess, path: string): Promise<void> {
  await page.context().addCookies(agent.browser?.storageState.cookies ?? []);
  await page.goto(agent.url.replace('127.0.0.1', 'localhost') + path);
}
