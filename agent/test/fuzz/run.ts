import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';
import { Random } from '../../bench/engine/random.ts';
import { examples, type Example } from './examples.ts';
import { mutate } from './mutate.ts';
import { leaveWhileSending, send, type Reply, type Sending } from './send.ts';

/** One request of a run. */
export interface Outcome {
  readonly number: number;
  readonly example: Example;
  /** What was changed, or how the client left. */
  readonly kind: string;
  readonly reply: Reply;
  /** What must not be; null where all is as it should be. */
  readonly problem: string | null;
  /** The beginning of what was sent. */
  readonly sent: string;
}

export interface Target extends AsyncDisposable {
  readonly agent: AgentProcess;
  readonly key: string;
}

/** A real agent whose sample model has a small context, so that no answer is long. */
export async function openTarget(): Promise<Target> {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await temporaryFolder());
  const agent = stack.use(await startAgentProcess({ home: home.path }));
  const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Fuzz');
  await agent.cli('models', 'set', 'impetus-sample', 'contextSize=1024', 'sequences=4');
  const disposal = stack.move();
  return { agent, key, [Symbol.asyncDispose]: () => disposal.disposeAsync() };
}

/** Every example as it is; each must be answered well. */
export async function sendExamples({ agent, key }: Target): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [number, example] of examples.entries()) {
    const text = JSON.stringify(example.body);
    const reply = await send({ ...example, url: agent.url, key, text });
    const isGood = reply.kind === 'answer' && reply.status === (example.status ?? 200);
    const problem = isGood ? null : `not answered: ${describe(reply)}`;
    outcomes.push({ number, example, kind: 'as it is', reply, problem, sent: text.slice(0, 300) });
  }
  return outcomes;
}

/** One mutated request; its number alone decides what is sent. */
export async function sendMutated({ agent, key }: Target, number: number): Promise<Outcome> {
  const random = new Random(number * 7_919);
  const example = random.pick(examples);
  const { kind, text } = mutate(example.body, random);
  const sending = { ...example, url: agent.url, key, text };
  const leaving = random.between(0, 9);
  if (leaving < 2) return left(example, number, sending, leaving === 0, random);
  const reply = await send(sending);
  const problem = problemOf(reply, example, agent.home);
  return { number, example, kind, reply, problem, sent: text.slice(0, 300) };
}

async function left(
  example: Example,
  number: number,
  sending: Sending,
  early: boolean,
  random: Random,
): Promise<Outcome> {
  const whole = { ...sending, text: JSON.stringify(example.body) };
  const reply = early
    ? await leaveWhileSending(whole, random.between(0, 999) / 1_000)
    : await send(whole, random.between(1, 400));
  const isBad = reply.kind === 'hung' || reply.kind === 'broken';
  const problem = isBad ? describe(reply) : null;
  const kind = early ? 'left while sending' : 'left while hearing';
  return { number, example, kind, reply, problem, sent: '' };
}

const inside = /node_modules|\bat (?:async )?[\w.<>]+ \(|\.ts:\d+|file:\/\/|\/runner\//u;

function problemOf(reply: Reply, { isError }: Example, home: string): string | null {
  if (reply.kind !== 'answer') return describe(reply);
  const { status, text } = reply;
  if (status >= 500) return `status ${status}: ${text.slice(0, 200)}`;
  if (inside.test(text) || text.includes(home)) return `tells of its inside: ${text.slice(0, 300)}`;
  if (status >= 400 && !isError(parsed(text))) return `not in form: ${status} ${text.slice(0, 200)}`;
  if (/"(?:internal_error|api_error|server_error)"/u.test(text))
    return `failed inside: ${text.slice(0, 300)}`;
  return null;
}

function describe(reply: Reply): string {
  switch (reply.kind) {
    case 'answer':
      return `${reply.status} ${reply.text.slice(0, 200)}`;
    case 'broken':
      return `the connection broke: ${reply.reason}`;
    default:
      return reply.kind;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
