import { lazy, Show, Suspense, type JSX } from 'solid-js';
import { RunningBar } from '../../components/running-bar/running-bar.tsx';
import { formatBytes } from '../../lib/format.ts';
import { agentState, isKnown, modelName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { forgetWish, loadWish } from '../../state/load-wish.ts';
import { foremost, viewRunner, type RunnerView } from '../../state/runner-view.ts';

const LoadSheet = lazy(() => import('./load-sheet.tsx'));

/** The running bar with what the Mac runs now, and the question that a load may need. */
export function Running(props: { readonly onOpen: () => void }): JSX.Element {
  const runner = () => foremost(agentState.runners);
  const title = (): string => {
    const present = runner();
    if (present !== undefined) return modelName(present.modelId);
    return isKnown() ? 'No model loaded' : 'Looking for your Mac';
  };
  const view = (): RunnerView => {
    const present = runner();
    return present === undefined ? { kind: 'away', words: idleWords() } : viewRunner(present, isConnected());
  };
  return (
    <>
      <RunningBar
        title={title()}
        view={view()}
        others={Math.max(0, agentState.runners.length - 1)}
        onOpen={props.onOpen}
      />
      <Suspense>
        <Show when={loadWish()} keyed>
          {(wish) => <LoadSheet wish={wish} onClose={forgetWish} />}
        </Show>
      </Suspense>
    </>
  );
}

function idleWords(): string {
  if (!isKnown() || agentState.memory === null || !isConnected()) return '';
  return `${formatBytes(agentState.memory.availableBytes)} free`;
}
