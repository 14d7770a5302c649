import { startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import type { Server, ServerOptions } from './server.ts';

/** Starts our agent as users run it, and loads the model. */
export async function startOurs({ model, sequences, contextSize }: ServerOptions): Promise<Server> {
  await using resources = new AsyncDisposableStack();
  const home = resources.use(await temporaryFolder());
  const agent = resources.use(
    await startAgentProcess({
      home: home.path,
      models: model.folder,
      env: {
        IMPETUS_THREADS: '1',
        IMPETUS_SEQUENCES: String(sequences),
        IMPETUS_CONTEXT_SIZE: String(contextSize),
      },
    }),
  );
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Bench');
  const id = await modelId(agent.url, key);
  await agent.cli('models', 'load', id);
  const owned = resources.move();
  return {
    name: 'ours',
    port: Number(new URL(agent.url).port),
    model: id,
    key,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function modelId(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  const { data } = (await response.json()) as { data: { id: string }[] };
  const found = data.find(({ id }) => id.includes('synthetic'));
  if (found === undefined) throw new Error('The agent did not find the synthetic model.');
  return found.id;
}
