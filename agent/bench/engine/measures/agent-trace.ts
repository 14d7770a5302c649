import { setTimeout as delay } from 'node:timers/promises';
import { ask, type Message } from '../client/request.ts';
import { text } from '../prompts.ts';
import { Random } from '../random.ts';
import type { Server } from '../servers/server.ts';
import { everySize, ratioAtMost, type Measure } from './measure.ts';

const conversations = 6;
const turns = 8;
const systemTokens = 900;
const toolTokens = 600;
/** A call of a tool or a short remark; what a turn brings is mostly what the tools answer. */
const answerTokens = 24;
/** The turns in whose prefill a client goes away, in the order of the trace; it asks again at once. */
const cancelledTurns: ReadonlySet<number> = new Set([13, 29]);
const cancelAfterMs = 60;
/** At most so many requests at once, as there are sequences. */
const atOnce = 4;

interface Turn {
  readonly conversation: number;
  readonly message: Message;
  readonly cancelled: boolean;
}

/** What a few coding agents do to a server: long prompts that begin alike and grow, turn by turn, all mixed. */
export const agentTrace: Measure = {
  name: 'agent-trace',
  layout: { sequences: 4, contextSize: 8_192 },
  rows: [
    { what: 'agent trace, wall time', unit: 's', ratio: 'share', target: everySize(ratioAtMost(0.8)) },
    {
      what: 'agent trace, prompt tokens evaluated',
      unit: 'tokens',
      ratio: 'share',
      target: everySize(ratioAtMost(1)),
    },
  ],
  rounds: { '15m': 1, '135m': 1, '0.5b': 0 },
  async run(server, random) {
    const histories = openings(random);
    const trace = plan(random);
    const startedAt = performance.now();
    const evaluated = await play(server, histories, trace);
    return [(performance.now() - startedAt) / 1_000, evaluated];
  },
};

function openings(random: Random): Message[][] {
  const system: Message = {
    role: 'system',
    content: `${text(random, systemTokens)}\n\nTools:${text(random, toolTokens)}`,
  };
  return Array.from({ length: conversations }, () => [system]);
}

/** Interleaves the conversations at random; the turns of each keep their order. */
function plan(random: Random): Turn[] {
  const left = Array.from({ length: conversations }, () => turns);
  return Array.from({ length: conversations * turns }, (_, index): Turn => {
    const open = left.flatMap((count, conversation) => (count > 0 ? [conversation] : []));
    const conversation = random.pick(open);
    left[conversation] = (left[conversation] ?? 0) - 1;
    return {
      conversation,
      message: { role: 'user', content: text(random, random.between(150, 400)) },
      cancelled: cancelledTurns.has(index),
    };
  });
}

/** Plays the trace with a few requests at a time; a conversation waits for its own last answer. Answers the work. */
async function play(server: Server, histories: Message[][], trace: readonly Turn[]): Promise<number> {
  const waiting = [...trace];
  const busy = new Set<number>();
  let evaluated = 0;
  let changed = Promise.withResolvers<void>();

  const takeNext = (): Turn | undefined => {
    const index = waiting.findIndex(({ conversation }) => !busy.has(conversation));
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };

  async function client(): Promise<void> {
    while (waiting.length > 0) {
      const turn = takeNext();
      if (turn === undefined) {
        await changed.promise;
        continue;
      }
      busy.add(turn.conversation);
      const tokens = await playTurn(server, histories[turn.conversation] ?? [], turn);
      evaluated += tokens;
      busy.delete(turn.conversation);
      changed.resolve();
      changed = Promise.withResolvers<void>();
    }
  }

  await Promise.all(Array.from({ length: atOnce }, client));
  return evaluated;
}

/** Tokens that were evaluated for a turn; those of a cancelled prefill are not told by either server. */
async function playTurn(server: Server, history: Message[], turn: Turn): Promise<number> {
  history.push(turn.message);
  const question = { prompt: [...history], maxTokens: answerTokens };
  if (turn.cancelled) {
    const abandoned = ask(server, question);
    await delay(cancelAfterMs);
    abandoned.leave();
  }
  const { text: content, timings } = await ask(server, question).answer;
  history.push({ role: 'assistant', content });
  return timings?.prompt_n ?? Number.NaN;
}
