import { ask } from '../client/request.ts';
import type { SyntheticModel } from '../models/write.ts';
import { warmUp } from '../pairs.ts';
import { text } from '../prompts.ts';
import { Random } from '../random.ts';
import { startOurs } from '../servers/ours.ts';
import { Stopwatch } from './stopwatch.ts';

const rounds = 3;
const tokens = 200;

/** What clients see through HTTP, in milliseconds. */
export interface Outside {
  /** From one token of a stream to its next. */
  readonly interval: number;
  /** What a first token takes beside the reading of its prompt: the agent and HTTP, there and back. */
  readonly firstToken: number;
}

export async function measureOutside(model: SyntheticModel, streams: number): Promise<Outside> {
  await using server = await startOurs({ model, sequences: 8, contextSize: 4_096 });
  await warmUp(server);
  const interval = new Stopwatch();
  const firstToken = new Stopwatch();
  for (let round = 0; round < rounds; round += 1) {
    const random = new Random(round);
    const asked = Array.from({ length: streams }, () =>
      ask(server, { prompt: text(random, 16), maxTokens: tokens }),
    );
    for (const { sentAt, pieces, timings } of await Promise.all(asked.map(({ answer }) => answer))) {
      for (const [index, at] of pieces.entries()) if (index > 0) interval.add(at - (pieces[index - 1] ?? at));
      if (timings !== null) firstToken.add((pieces[0] ?? Number.NaN) - sentAt - timings.prompt_ms);
    }
  }
  return {
    interval: interval.typical(),
    firstToken: firstToken.typical(),
  };
}
