import './running-sheet.css';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { MemoryBar } from '../../components/memory-bar/memory-bar.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';
import { budgetWords, viewMemory } from '../../state/memory-view.ts';
import { loadedRunners, workOf } from '../../state/work.ts';
import { RunningItem } from './running-item.tsx';
import { RunningSwitch } from './running-switch.tsx';

const RunningStopSheet = lazy(() => import('./running-stop-sheet.tsx'));
const UnloadAllSheet = lazy(() => import('../system/unload-all-sheet.tsx'));

/** All that the Mac holds in memory, and what can be done about it. */
export default function RunningSheet(props: { readonly onClose: () => void }): JSX.Element {
  const [asking, setAsking] = createSignal<'stop' | 'free' | null>(null);
  const busy = (): boolean => {
    const { active, queued } = workOf(agentState.runners);
    return active + queued > 0;
  };
  const holds = (): boolean => loadedRunners(agentState.runners).length > 0;
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Running"
      actions={
        <>
          <Button
            disabledReason={reasonAgainst('load') ?? (busy() ? null : 'Nothing is being written.')}
            onPress={() => setAsking('stop')}
          >
            Stop all answers
          </Button>
          <Button
            disabledReason={reasonAgainst('load') ?? (holds() ? null : 'No model is loaded.')}
            onPress={() => setAsking('free')}
          >
            Free all memory
          </Button>
        </>
      }
    >
      <Show when={agentState.runners.length > 0} fallback={<Nothing onClose={props.onClose} />}>
        <ul class="running-list">
          <For each={agentState.runners}>{(runner) => <RunningItem runner={runner} />}</For>
        </ul>
      </Show>
      <RunningSwitch />
      <Show when={agentState.memory}>
        {(memory) => (
          <section class="running-memory" aria-label="Memory">
            <p>{budgetWords(memory().budget)}</p>
            <MemoryBar view={viewMemory(memory(), agentState.runners, modelName)} />
          </section>
        )}
      </Show>
      <Suspense>
        <Show when={asking() === 'stop'}>
          <RunningStopSheet onClose={() => setAsking(null)} />
        </Show>
        <Show when={asking() === 'free'}>
          <UnloadAllSheet onClose={() => setAsking(null)} />
        </Show>
      </Suspense>
    </Sheet>
  );
}

function Nothing(props: { readonly onClose: () => void }): JSX.Element {
  return (
    <p class="running-nothing">
      No model is loaded. A model loads by itself when it is asked something, or on the{' '}
      <a href="/models" onClick={() => props.onClose()}>
        Models page
      </a>
      .
    </p>
  );
}
