import './benchmarks.css';
import type { ModelBenchmark } from '@impetus/contracts/library';
import type { ModelEntry } from '@impetus/contracts/models';
import Timer from 'lucide-solid/icons/timer';
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button/button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatClock, formatRate, formatTokens } from '../../lib/format.ts';
import { attempt, awayReason } from '../../state/actions.ts';
import { agentState, macName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { benchmarkSettings, mergeBenchmarks } from '../../state/library/benchmark-view.ts';
import { may } from '../../state/rights.ts';

/** How fast a model reads and writes on this Mac, as it was measured, when and how it was held. */
export function Benchmarks(props: { readonly model: ModelEntry }): JSX.Element {
  const now = useNow();
  const [stored, setStored] = createSignal<readonly ModelBenchmark[]>([]);
  createEffect(
    on([() => props.model.id, isConnected], ([id, connected]) => {
      if (!connected) return;
      void api.benchmarks.list.query({ id }).then(setStored, () => {
        // What was measured before is not worth an alarm; the next visit asks again.
      });
    }),
  );
  const all = createMemo(() => mergeBenchmarks(stored(), agentState.benchmarks, props.model.id));
  const running = () => all().find(({ state }) => state === 'running' || state === 'waiting');
  const ended = () => all().filter(({ state }) => state !== 'running' && state !== 'waiting');
  const measure = (): Promise<boolean> =>
    attempt(`${props.model.name} was not measured.`, () =>
      api.benchmarks.start.mutate({ id: props.model.id }),
    );
  const stop = (benchmarkId: string): Promise<boolean> =>
    attempt('The measurement was not stopped.', () => api.benchmarks.stop.mutate({ benchmarkId }));
  return (
    <section class="model-detail-card benchmarks" aria-label="Speed on this Mac">
      <div class="benchmarks-head">
        <h2>Speed on {macName()}</h2>
        <Show when={may('load') && running() === undefined}>
          <Button size="small" icon={<Timer />} disabledReason={awayReason()} onPress={() => void measure()}>
            Measure
          </Button>
        </Show>
      </div>
      <Show when={running()}>
        {(one) => (
          <div class="benchmarks-running">
            <StateLabel kind={one().state === 'waiting' ? 'waiting' : 'working'}>
              {one().state === 'waiting' ? 'Waits until the Mac is idle' : 'Measuring'}
            </StateLabel>
            <Show when={may('load')}>
              <Button size="small" disabledReason={awayReason()} onPress={() => void stop(one().id)}>
                Stop
              </Button>
            </Show>
            <Progress label="Measuring" value={one().progress} />
          </div>
        )}
      </Show>
      <Show
        when={ended().length > 0}
        fallback={
          <Show when={running() === undefined}>
            <p class="benchmarks-hint">
              Not measured yet. Measuring loads the model, reads two prompts and writes; it takes a minute or
              so.
            </p>
          </Show>
        }
      >
        <ul class="benchmarks-list">
          <For each={ended().slice(0, 5)}>
            {(one) => (
              <li>
                <p class="benchmarks-when">
                  {formatClock(Date.parse(one.endedAt ?? one.startedAt), now())}
                  <span>{benchmarkSettings(one)}</span>
                </p>
                <Show when={one.error}>{(error) => <p class="benchmarks-hint">{error().message}</p>}</Show>
                <Show when={one.state === 'stopped'}>
                  <p class="benchmarks-hint">It was stopped.</p>
                </Show>
                <Show when={one.points.length > 0}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">Prompt</th>
                        <th scope="col">Reads</th>
                        <th scope="col">Writes</th>
                      </tr>
                    </thead>
                    <tbody>
                      <For each={one.points}>
                        {(point) => (
                          <tr>
                            <th scope="row">{formatTokens(point.promptTokens)}</th>
                            <td>{formatRate(point.prefillRate)}</td>
                            <td>{formatRate(point.decodeRate)}</td>
                          </tr>
                        )}
                      </For>
                    </tbody>
                  </table>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
