import type { Tool } from '@impetus/contracts/tools/types';
import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { StateLabel, StateMark } from '../../components/state-mark/state-mark.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { announce } from '../../state/announcer.ts';
import {
  checkNames,
  foldTest,
  lineStates,
  missingFor,
  untested,
  verdict,
  type TestLine,
} from '../../state/connect/self-test.ts';
import type { TargetChoice } from './use-target.ts';

type Run = 'never' | 'running' | 'stopped' | 'done';

/** Has the Mac ask its own endpoint with the tool’s key, and shows line by line what came of it. */
export function SelfTest(props: { readonly tool: Tool; readonly choice: TargetChoice }): JSX.Element {
  const [lines, setLines] = createSignal<readonly TestLine[]>(untested);
  const [run, setRun] = createSignal<Run>('never');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let end = (): void => {};
  onCleanup(() => end());
  const reason = (): string | null => {
    if (props.choice.secret() === null) return 'Create the key first: the test asks with it.';
    if (props.choice.runner()?.state !== 'ready') return 'Load the model first.';
    return reasonAgainst('infer');
  };
  const start = (): void => {
    const key = props.choice.secret();
    const modelId = props.choice.model()?.id;
    if (key === null || modelId === undefined) return;
    setLines(untested);
    setFailure(null);
    setRun('running');
    const subscription = api.connect.check.subscribe(
      { modelId, key },
      {
        onData: (event) => {
          setLines((before) => foldTest(before, event));
          if (event.kind === 'end') finish('done');
        },
        onError: (error) => {
          setFailure(toFailure(error, 'The test broke off.'));
          finish('stopped');
        },
      },
    );
    end = () => subscription.unsubscribe();
  };
  const finish = (as: Run): void => {
    setRun(as);
    end();
    if (as === 'done') announce(verdict(props.tool, lines()));
  };
  return (
    <>
      <p class="detail-note connect-text">
        The Mac asks its own endpoint as {props.tool.name} would, with this key and this model. It writes a
        few dozen tokens. {run() === 'never' ? reason() : null}
      </p>
      <Show when={run() !== 'never'}>
        <ul class="connect-test" aria-label="Results" aria-busy={run() === 'running'}>
          <For each={lines()}>
            {(line) => (
              <Line
                line={line}
                isNeeded={props.tool.needs.includes(line.check)}
                isOver={run() !== 'running'}
              />
            )}
          </For>
        </ul>
      </Show>
      <Show when={run() === 'done'}>
        <p class="connect-verdict">
          <StateMark kind={missingFor(props.tool, lines()).length === 0 ? 'done' : 'failed'} />
          {verdict(props.tool, lines())}
        </p>
      </Show>
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
      <div class="detail-actions">
        <Show
          when={run() === 'running'}
          fallback={
            <Button disabledReason={reason()} onPress={start}>
              {run() === 'never' ? 'Test' : 'Test again'}
            </Button>
          }
        >
          <Button onPress={() => finish('stopped')}>Stop</Button>
        </Show>
      </div>
    </>
  );
}

function Line(props: {
  readonly line: TestLine;
  readonly isNeeded: boolean;
  readonly isOver: boolean;
}): JSX.Element {
  const state = () =>
    props.isOver && (props.line.state === 'working' || props.line.state === 'waiting')
      ? ({ kind: 'cancelled', words: 'Not tested' } as const)
      : lineStates[props.line.state];
  return (
    <li class="connect-line">
      <span class="connect-line-name">
        {checkNames[props.line.check]}
        <Show when={props.isNeeded}>
          <Badge>Needed</Badge>
        </Show>
      </span>
      <StateLabel kind={state().kind}>{state().words}</StateLabel>
      <Show when={props.line.words}>
        <p class="connect-line-words">{props.line.words}</p>
      </Show>
    </li>
  );
}
