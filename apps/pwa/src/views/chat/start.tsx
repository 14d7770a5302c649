import './start.css';
import ArrowUpRight from 'lucide-solid/icons/arrow-up-right';
import { For, lazy, Match, Show, Suspense, Switch, type JSX } from 'solid-js';
import { Mark } from '../../components/mark/mark.tsx';
import { agentState, isKnown, macName, modelName } from '../../state/agent-state.ts';
import { connection } from '../../state/connection.ts';
import { InstallHint } from './install-hint.tsx';

const Recommended = lazy(() => import('../search/recommended.tsx'));

const starters = [
  'Tell me a short story about a fox who could not sleep.',
  'Explain in five sentences how a bicycle stays upright.',
  'Write a packing list for two days by the sea.',
];

export interface StartProps {
  /** False while a conversation is on its way that has been begun before. */
  readonly visible: boolean;
  /** The model that would answer; null if there is none. */
  readonly model: string | null;
  /** Why nothing can be asked as things stand. */
  readonly whyNot: string | null;
  readonly onPick: (question: string) => void;
}

/** A conversation before its first question. */
export function Start(props: StartProps): JSX.Element {
  return (
    <div class="start">
      <Show when={props.visible}>
        <div class="start-middle">
          <Switch>
            <Match when={!isKnown() && connection().kind === 'away'}>
              <NoAnswer />
            </Match>
            <Match when={isKnown() && props.model === null}>
              <NoModel />
            </Match>
            <Match when={isKnown() && props.model}>
              {(model) => (
                <>
                  <Mark size={32} />
                  <h2>Ask {macName()}</h2>
                  <p>
                    {modelName(model())} answers, on your own machine. Nothing you write leaves your network.
                  </p>
                  <Starters whyNot={props.whyNot} onPick={props.onPick} />
                  <Show when={hasSampleAlone()}>
                    <Suspense>
                      <Recommended most={1} />
                    </Suspense>
                  </Show>
                </>
              )}
            </Match>
          </Switch>
        </div>
        <div class="start-hint">
          <InstallHint />
        </div>
      </Show>
    </div>
  );
}

function Starters(props: Pick<StartProps, 'whyNot' | 'onPick'>): JSX.Element {
  return (
    <ul class="start-list" aria-label="Questions to start with">
      <For each={starters}>
        {(question) => (
          <li>
            <button
              type="button"
              class="start-question"
              aria-disabled={props.whyNot === null ? undefined : 'true'}
              onClick={() => props.onPick(question)}
            >
              <span>{question}</span>
              <ArrowUpRight />
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}

/** The sample is for trying things out: a model for real answers is one tap away. */
function hasSampleAlone(): boolean {
  return agentState.models.every(({ source }) => source === 'sample');
}

function NoModel(): JSX.Element {
  return (
    <>
      <Mark size={32} />
      <h2>There is no model to ask</h2>
      <p>
        <a href="/search">Find one on the Hub</a>, send a GGUF file on the <a href="/models">Models page</a>,
        or put one into <span class="mono">{agentState.agent?.modelsFolder}</span> on {macName()}.
      </p>
      <Suspense>
        <Recommended most={1} />
      </Suspense>
    </>
  );
}

function NoAnswer(): JSX.Element {
  return (
    <>
      <Mark size={32} />
      <h2>{macName()} does not answer</h2>
      <p>
        Is it on and awake, is IMPETUS running on it, and is this device in the same network? The page tries
        again every few seconds.
      </p>
    </>
  );
}
