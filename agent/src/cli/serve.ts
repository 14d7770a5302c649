import type { Agent } from '../agent.ts';
import { readConfig, type Config } from '../config/index.ts';
import type { Flags } from '../config/sources.ts';
import type { StopRequest, Terminal } from './terminal.ts';

/** Runs the agent until a stop is requested. Answers the exit code. */
export async function serve(terminal: Terminal, flags: Flags, json: boolean): Promise<number> {
  const config = readConfig(flags, terminal.env);
  const stop = terminal.stopRequested();
  // Loaded here, so that the other commands start without it.
  const { startAgent } = await import('../agent.ts');
  await using agent = await startAgent(config, { terminal: (line) => terminal.note(line) });
  const { http, https, setup } = agent;
  if (json) terminal.out(JSON.stringify({ event: 'ready', http, https, home: config.home, setup }));
  else terminal.out(welcome(config, agent));
  void tellReach(agent, terminal, json);

  const request = await requested(stop);
  if (request.kind === 'signal') return 0;
  agent.log.error({ err: request.error }, 'The agent stops because of a defect.');
  return 1;
}

/** The addresses for other devices, once they were dialled: a moment after the agent is ready. */
async function tellReach({ context }: Agent, terminal: Terminal, json: boolean): Promise<void> {
  if (context.lan === null) return;
  await context.lan.whenChecked();
  const { origins, problem, mdns } = context.lan.status();
  if (json) {
    terminal.out(JSON.stringify({ event: 'reachable', origins, problem }));
    return;
  }
  const reached = origins.filter(({ reachable }) => reachable).map(({ url }) => url);
  if (reached.length > 0) terminal.out(`Other devices, once added: ${reached.join('  ')}`);
  if (mdns.state === 'blocked' || mdns.state === 'conflict') terminal.note(mdns.words);
  if (problem !== null) terminal.note(problem);
}

function requested(stop: AbortSignal): Promise<StopRequest> {
  return new Promise((resolve) => {
    const tell = () => resolve(stop.reason as StopRequest);
    if (stop.aborted) tell();
    else stop.addEventListener('abort', tell, { once: true });
  });
}

function welcome(config: Config, { http, setup, firstKey }: Agent): string {
  const url = http.replace('127.0.0.1', 'localhost');
  const lines = [`Impetus runs on ${config.name}: ${url}`, `Models are in ${config.modelsFolder}`];
  if (setup !== null) {
    lines.push('', 'Make the owner’s account with this link, which is good once and until the next start:');
    lines.push('', setup.url);
  }
  if (firstKey !== null)
    lines.push(
      '',
      'Your first API key, shown only now, in a request to try it with:',
      '',
      curl(url, firstKey.key),
    );
  return lines.join('\n');
}

/** A request that streams an answer of the sample model, to paste into a shell. */
function curl(url: string, key: string): string {
  const body = {
    model: 'impetus-sample',
    stream: true,
    messages: [{ role: 'user', content: 'Hello! What are you?' }],
  };
  return [
    `curl -N ${url}/v1/chat/completions`,
    `-H "Authorization: Bearer ${key}"`,
    '-H "Content-Type: application/json"',
    `-d '${JSON.stringify(body)}'`,
  ].join(' \\\n  ');
}
