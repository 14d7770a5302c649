import type { ImpetusError, ModelEntry, RunnerState, RunnerStatus } from '@impetus/contracts';
import type { Launch } from '../launches/launch.ts';
import type { Runner } from '../runners/runner.ts';

/** How far the life of a model's runner is. */
export type HostPhase = 'none' | 'loading' | 'ready' | 'stopping';

export function phaseOf(runner: Pick<Runner, 'stopping' | 'model'> | null): HostPhase {
  if (runner === null) return 'none';
  if (runner.stopping) return 'stopping';
  return runner.model === null ? 'loading' : 'ready';
}

/** What a host knows of itself. */
export interface HostFacts {
  readonly entry: ModelEntry;
  readonly runner: Runner | null;
  readonly launch: Launch | null;
  /** Somebody wants it, whether it has a runner or not. */
  readonly wanted: boolean;
  readonly queued: number;
  readonly readyAt: string | null;
  readonly lastFailure: ImpetusError | null;
  readonly pinned: boolean;
  /** When it is to be unloaded. */
  readonly unloadsAt: string | null;
  /** The models that it has to wait for. */
  readonly waitsFor: readonly string[];
}

export function stateOf({
  runner,
  wanted,
  waitsFor,
  lastFailure,
}: Pick<HostFacts, 'runner' | 'wanted' | 'waitsFor' | 'lastFailure'>): RunnerState {
  const phase = phaseOf(runner);
  if (phase === 'loading') return 'starting';
  if (phase !== 'none') return phase;
  if (!wanted) return lastFailure === null ? 'stopped' : 'failed';
  return waitsFor.length > 0 ? 'waiting' : 'starting';
}

/** The same as screens show it. `now`: milliseconds of a steady clock. */
export function hostStatus(facts: HostFacts, now: number): RunnerStatus {
  const { entry, runner, launch, queued, readyAt, lastFailure, pinned, unloadsAt, waitsFor } = facts;
  const state = stateOf(facts);
  return {
    modelId: entry.id,
    state,
    stage: state === 'starting' ? (runner?.stage ?? 'process') : null,
    progress: state === 'starting' ? (runner?.progress ?? 0) : null,
    contextSize: runner?.model?.contextSize ?? null,
    sequences: runner?.model?.sequences ?? null,
    active: runner?.active ?? 0,
    queued,
    tokensPerSecond: runner?.activity.tokensPerSecond(now) ?? null,
    prefill: runner?.activity.prefill() ?? null,
    residentBytes: runner?.residentBytes ?? null,
    pid: runner?.pid ?? null,
    gpu: runner?.model?.gpu ?? null,
    readyAt,
    error: lastFailure?.toWire() ?? null,
    estimate: launch?.estimate ?? null,
    pinned,
    unloadsAt,
    waitsFor: state === 'waiting' ? waitsFor : [],
  };
}
