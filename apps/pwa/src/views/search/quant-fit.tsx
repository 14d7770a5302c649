import '../models/fit-slider.css';
import type { HubQuant, HubRepoDetail } from '@impetus/contracts/hub';
import Download from 'lucide-solid/icons/download';
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { MemoryBar } from '../../components/memory-bar/memory-bar.tsx';
import { Slider } from '../../components/slider/slider.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { formatBytes, formatTokens } from '../../lib/format.ts';
import { agentState, findModel, macName, modelName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { addDownload } from '../../state/downloads/download-actions.ts';
import { downloadName, isOver, viewDownload } from '../../state/downloads/download-view.ts';
import { askFit, fitOf, isFit } from '../../state/hub/repo-state.ts';
import { viewMemory } from '../../state/memory-view.ts';
import { may } from '../../state/rights.ts';
import { contextSteps, nearestStep } from '../../state/settings-draft.ts';
import { wishDownload } from '../../state/wishes.ts';
import { modelPath } from '../models/model-path.ts';

/** While the slider moves, the Mac is asked for its last place alone. */
const settledMs = 250;

export interface QuantFitProps {
  readonly detail: HubRepoDetail;
  readonly quant: HubQuant;
}

/** What the chosen quant would take in memory here, and the way to have it. */
export function QuantFit(props: QuantFitProps): JSX.Element {
  const [contextSize, setContextSize] = createSignal<number | null>(null);
  const standard = () => fitOf(props.detail.repo, props.detail.revision, props.quant.key);
  const tried = () => {
    const size = contextSize();
    return size === null
      ? standard()
      : fitOf(props.detail.repo, props.detail.revision, props.quant.key, size);
  };
  /** The last answer stays until the next one is there. */
  const fit = () => {
    const answers = [tried(), standard()];
    return answers.find(isFit);
  };
  createEffect(
    on(
      () => props.quant.key,
      () => setContextSize(null),
      { defer: true },
    ),
  );
  createEffect(() => {
    const size = contextSize();
    const { repo, revision } = props.detail;
    const { key } = props.quant;
    if (size === null) return;
    const timer = setTimeout(() => askFit(repo, revision, key, size), settledMs);
    onCleanup(() => clearTimeout(timer));
  });
  const memory = () => {
    const known = fit();
    const sample = agentState.memory;
    if (known === undefined || sample === null) return null;
    const nameOf = (id: string): string => (id === '' ? props.quant.name : modelName(id));
    return viewMemory(sample, agentState.runners, nameOf, {
      modelId: '',
      estimate: known.estimate,
      held: false,
      fits: known.verdict !== 'does-not-fit',
      evicts: [],
    });
  };
  const steps = () => contextSteps(fit()?.contextLength ?? props.detail.contextLength);
  const size = (): number => contextSize() ?? fit()?.contextSize ?? steps()[0] ?? 0;
  return (
    <div class="quant-fit">
      <Show when={props.quant.recommended && props.quant.reason}>
        {(reason) => <p class="quant-fit-message">{reason()}</p>}
      </Show>
      <Show when={fit()}>{(known) => <p class="quant-fit-message">{known().message}</p>}</Show>
      <Have detail={props.detail} quant={props.quant} fits={fit()?.verdict !== 'does-not-fit'} />
      <Show when={memory()}>{(view) => <MemoryBar view={view()} />}</Show>
      <Show when={fit()}>
        <div class="fit-slider">
          <p class="fit-slider-label">
            <span aria-hidden="true">With a context of</span>
            <strong>{formatTokens(size())}</strong>
          </p>
          <Slider
            label="Try a context size"
            places={steps().length}
            place={nearestStep(steps(), size())}
            valueText={formatTokens(size())}
            automatic={contextSize() === null}
            onInput={(place) => setContextSize(steps()[place] ?? null)}
          />
        </div>
      </Show>
    </div>
  );
}

/** Downloads it, or says that it is there or on its way. */
function Have(props: QuantFitProps & { readonly fits: boolean }): JSX.Element {
  const name = (): string => downloadName({ name: props.quant.name, quant: props.quant.quant });
  const underWay = () =>
    agentState.downloads.find(
      (download) =>
        download.repo === props.detail.repo &&
        download.key === props.quant.key &&
        download.revision === props.detail.revision &&
        (!isOver(download) || download.state === 'done'),
    );
  const model = () => {
    const id = underWay()?.modelId ?? props.quant.modelId;
    return id == null ? undefined : findModel(id);
  };
  const reason = (): string | null => {
    if (props.quant.missing.length > 0) return 'The repo lacks parts of it, so it cannot be used.';
    return props.detail.access === 'open' ? null : 'The Hub does not give it out yet: see above.';
  };
  const download = async (): Promise<void> => {
    const { repo, revision } = props.detail;
    const wanted = { repo, revision, key: props.quant.key, name: name() };
    if (!isConnected()) wishDownload(wanted);
    else await addDownload(wanted);
  };
  return (
    <div class="quant-have">
      <Show
        when={model()}
        fallback={
          <Show
            when={underWay()}
            fallback={
              <Show when={may('download')}>
                <Button
                  kind={props.fits ? 'primary' : 'plain'}
                  icon={<Download />}
                  disabledReason={reason()}
                  onPress={() => void download()}
                >
                  {isConnected()
                    ? `Download ${props.quant.quant ?? ''} ${formatBytes(props.quant.sizeBytes)}`
                    : `Download when ${macName()} is back`}
                </Button>
              </Show>
            }
          >
            {(known) => {
              const view = () => viewDownload(known(), isConnected(), Date.now());
              return (
                <>
                  <StateLabel
                    kind={view().kind}
                  >{`${view().words}, ${view().amounts.join(' · ')}`}</StateLabel>
                  <a class="button" data-kind="plain" data-size="normal" href="/downloads">
                    <span>Open Downloads</span>
                  </a>
                </>
              );
            }}
          </Show>
        }
      >
        {(known) => (
          <>
            <StateLabel kind="done">In the library</StateLabel>
            <a class="button" data-kind="primary" data-size="normal" href={modelPath(known().id)}>
              <span>Open {known().name}</span>
            </a>
          </>
        )}
      </Show>
    </div>
  );
}
