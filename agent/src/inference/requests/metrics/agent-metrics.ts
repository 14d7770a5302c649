import type { MemoryBudget, RunnerStatus } from '@impetus/contracts';
import type { Account } from '../account.ts';
import type { Metrics } from '../types.ts';
import { formatMetrics, single, type Family } from './format.ts';
import { RequestMetrics } from './request-metrics.ts';

/** The label of models that the library does not have, all of them together. */
const unknown = 'unknown';

export interface AgentMetricsOptions {
  readonly isModel: (id: string) => boolean;
  readonly requests: () => { readonly active: number; readonly queued: number };
  readonly runners: () => readonly RunnerStatus[];
  readonly budget: () => MemoryBudget;
}

/** What the agent counts, and how it is at the moment of the question. */
export class AgentMetrics implements Metrics {
  readonly #options: AgentMetricsOptions;
  readonly #requests = new RequestMetrics();

  constructor(options: AgentMetricsOptions) {
    this.#options = options;
  }

  ended({ progress }: Account): void {
    const { modelId } = progress.facts;
    this.#requests.ended(progress, this.#options.isModel(modelId) ? modelId : unknown);
  }

  text(): string {
    const { requests, runners, budget } = this.#options;
    return formatMetrics([
      ...this.#requests.families(),
      ...requestGauges(requests()),
      ...runnerGauges(runners()),
      ...budgetGauges(budget()),
      ...processMetrics(),
    ]);
  }
}

function requestGauges({ active, queued }: { active: number; queued: number }): readonly Family[] {
  return [
    single('gauge', 'impetus_requests_active', 'Requests that a runner works on.', active),
    single('gauge', 'impetus_requests_queued', 'Requests that wait for a runner or for its model.', queued),
  ];
}

function runnerGauges(runners: readonly RunnerStatus[]): readonly Family[] {
  const loaded = runners.filter(({ state }) => state === 'ready').length;
  const samples = runners.flatMap(({ modelId, residentBytes }) =>
    residentBytes === null ? [] : [{ labels: { model: modelId }, value: residentBytes }],
  );
  return [
    single(
      'gauge',
      'impetus_models_loaded',
      'Models that answer requests without being loaded first.',
      loaded,
    ),
    {
      name: 'impetus_runner_resident_bytes',
      help: 'Memory that the process of a loaded model holds.',
      type: 'gauge',
      samples,
    },
  ];
}

function budgetGauges({ limitBytes, usedBytes }: MemoryBudget): readonly Family[] {
  return [
    single('gauge', 'impetus_memory_limit_bytes', 'Memory that all models may take together.', limitBytes),
    single('gauge', 'impetus_memory_used_bytes', 'Memory that loaded models and loads take.', usedBytes),
  ];
}

/** The agent's own process, by the names that every Prometheus client uses. */
function processMetrics(): readonly Family[] {
  const { user, system } = process.cpuUsage();
  const startedAt = performance.timeOrigin / 1_000;
  const busySeconds = performance.eventLoopUtilization().active / 1_000;
  return [
    single(
      'gauge',
      'process_resident_memory_bytes',
      'Memory that the agent holds.',
      process.memoryUsage.rss(),
    ),
    single(
      'counter',
      'process_cpu_seconds_total',
      'Time of processors that the agent took.',
      (user + system) / 1e6,
    ),
    single('gauge', 'process_start_time_seconds', 'When the agent started, in Unix time.', startedAt),
    single(
      'counter',
      'impetus_event_loop_busy_seconds_total',
      'Time that the agent’s event loop was busy.',
      busySeconds,
    ),
  ];
}
