import type { MemoryEstimate } from '@impetus/contracts/memory';
import type { RunnerStatus } from '@impetus/contracts/models';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { formatBytes, formatClock, formatCount, formatTokens } from '../../lib/format.ts';
import { useNow } from '../../lib/clock.ts';
import { reasonAgainst } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { computesOn, viewRunner } from '../../state/runner-view.ts';
import { loadedRunners } from '../../state/work.ts';

const UnloadAllSheet = lazy(() => import('./unload-all-sheet.tsx'));

/** Every runner with what it holds and what it does. */
export function Runners(): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  return (
    <section class="system-card system-runners" aria-labelledby="system-runners">
      <div class="system-card-head">
        <h2 id="system-runners">Runners</h2>
        <Show when={loadedRunners(agentState.runners).length > 0}>
          <Button size="small" disabledReason={reasonAgainst('load')} onPress={() => setAsking(true)}>
            Free all memory…
          </Button>
        </Show>
      </div>
      <Show
        when={agentState.runners.length > 0}
        fallback={
          <p class="system-note">No model is loaded. A runner is the process that holds one loaded model.</p>
        }
      >
        <For each={agentState.runners}>{(runner) => <Runner runner={runner} />}</For>
      </Show>
      <Suspense>
        <Show when={asking()}>
          <UnloadAllSheet onClose={() => setAsking(false)} />
        </Show>
      </Suspense>
    </section>
  );
}

function Runner(props: { readonly runner: RunnerStatus }): JSX.Element {
  const now = useNow();
  const view = () => viewRunner(props.runner, isConnected());
  const facts = (): Fact[] => {
    const { runner } = props;
    const error: Fact[] = runner.error === null ? [] : [{ term: 'Reason', value: runner.error.message }];
    return [
      { term: 'State', value: <StateLabel kind={view().kind}>{view().words}</StateLabel> },
      ...error,
      ...(runner.state === 'ready' ? factsWhenReady(runner, now()) : []),
    ];
  };
  return (
    <div class="system-runner">
      <h3>{modelName(props.runner.modelId)}</h3>
      <Facts facts={facts()} />
    </div>
  );
}

function factsWhenReady(runner: RunnerStatus, now: number): Fact[] {
  const { active, queued, readyAt, pid, estimate, pinned, unloadsAt } = runner;
  return [
    ...(estimate === null ? [] : [{ term: 'Memory', value: memoryWords(estimate) }]),
    { term: 'Process takes', value: formatBytes(runner.residentBytes) },
    { term: 'Context size', value: formatTokens(runner.contextSize) },
    { term: 'Sequences', value: formatCount(runner.sequences) },
    { term: 'Requests', value: `${formatCount(active)} being written, ${formatCount(queued)} waiting` },
    { term: 'Computes on', value: computesOn(runner) },
    { term: 'Process', value: pid === null ? '–' : String(pid), mono: true },
    { term: 'Ready since', value: readyAt === null ? '–' : formatClock(Date.parse(readyAt), now) },
    { term: 'Unloads', value: unloadsAt === null ? '–' : formatClock(Date.parse(unloadsAt), now) },
    { term: 'Pinned', value: pinned ? 'Yes' : 'No' },
  ];
}

function memoryWords({ totalBytes, kvBytes }: MemoryEstimate): string {
  return `${formatBytes(totalBytes)} (KV cache ${formatBytes(kvBytes)})`;
}
