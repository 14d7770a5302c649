import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';
import OpenAI from 'openai';
import { officialFetch } from './official-fetch.ts';

/** An agent that the tests of a file share, in a data folder of its own, with a key for its endpoints. */
export interface KeyedAgent extends AsyncDisposable {
  readonly agent: AgentProcess;
  readonly key: string;
  readonly keyId: string;
}

/** `warm`: with an empty runner for later, which costs processor time that few tests have a use for. */
export async function startKeyedAgent({ warm = false } = {}): Promise<KeyedAgent> {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await temporaryFolder());
  const agent = stack.use(
    await startAgentProcess({ home: home.path, env: { IMPETUS_WARM_RUNNER: warm ? '1' : '0' } }),
  );
  const { id, key } = await agent.cli<{ id: string; key: string }>('keys', 'create', '--name', 'Test');
  const disposal = stack.move();
  return { agent, key, keyId: id, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
}

/** A client of OpenAI's own library, whose every answer has to be as OpenAI's own schemas say. */
export function openAiClient({ agent, key }: Pick<KeyedAgent, 'agent' | 'key'>): OpenAI {
  return new OpenAI({ baseURL: `${agent.url}/v1`, apiKey: key, maxRetries: 0, fetch: officialFetch });
}
