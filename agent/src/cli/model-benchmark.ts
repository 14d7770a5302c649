import { setTimeout as delay } from 'node:timers/promises';
import { ImpetusError, type ModelBenchmark } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

const lookEveryMs = 500;

/** Returns when the model was measured; what was measured is kept. */
export async function benchmarkModel(terminal: Terminal, id: string, { home, json }: Common): Promise<void> {
  const benchmark = await askAgent(terminal, home, async (agent) => {
    const started = await agent.benchmarks.start.mutate({ id });
    for (;;) {
      const all = await agent.benchmarks.list.query({ id });
      const now = all.find((one) => one.id === started.id);
      if (now === undefined) throw new ImpetusError('cancelled', 'The measurement was stopped.');
      if (now.state !== 'waiting' && now.state !== 'running') return now;
      await delay(lookEveryMs);
    }
  });
  if (benchmark.error !== null) throw ImpetusError.fromWire(benchmark.error);
  terminal.out(json ? JSON.stringify(benchmark) : table(benchmark));
}

function table({ points }: ModelBenchmark): string {
  const rows = points.map((point) => [
    String(point.promptTokens),
    `${point.prefillRate.toFixed(1)} tokens/s`,
    String(point.completionTokens),
    `${point.decodeRate.toFixed(1)} tokens/s`,
  ]);
  return formatTable([['PROMPT', 'READ AT', 'WRITTEN', 'WRITTEN AT'], ...rows]);
}
