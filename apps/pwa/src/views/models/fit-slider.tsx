import './fit-slider.css';
import type { ModelEntry } from '@impetus/contracts/models';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Slider } from '../../components/slider/slider.tsx';
import { formatTokens } from '../../lib/format.ts';
import { contextSteps, nearestStep } from '../../state/settings-draft.ts';
import type { Fit } from './use-fit.ts';

export interface FitSliderProps {
  readonly model: ModelEntry;
  readonly fit: Fit;
}

/** Tries out another context: the memory bar above shows at once what it would take. */
export function FitSlider(props: FitSliderProps): JSX.Element {
  const steps = () => contextSteps(props.model.contextLength);
  /** Null until it is known what the model's settings come to. */
  const known = (): number | null => props.fit.contextSize() ?? props.fit.plan()?.contextSize ?? null;
  const size = (): number => known() ?? steps()[0] ?? 0;
  const isTried = (): boolean => props.fit.contextSize() !== null;
  return (
    <div class="fit-slider" data-unknown={known() === null ? '' : undefined}>
      <p class="fit-slider-label">
        <span aria-hidden="true">With a context of</span>
        <strong>{formatTokens(size())}</strong>
        <Show when={isTried()}>
          <Button
            kind="quiet"
            size="small"
            label="Back to the context size of its settings"
            onPress={() => props.fit.tryContext(null)}
          >
            Reset
          </Button>
        </Show>
      </p>
      <Slider
        label="Try a context size"
        places={steps().length}
        place={nearestStep(steps(), size())}
        valueText={formatTokens(size())}
        automatic={!isTried()}
        onInput={(place) => props.fit.tryContext(steps()[place] ?? null)}
      />
    </div>
  );
}
