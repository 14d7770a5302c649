import './slider.css';
import type { JSX } from 'solid-js';

export interface SliderProps {
  readonly label: string;
  /** How many places it has. */
  readonly places: number;
  /** From 0. */
  readonly place: number;
  /** What the place means: “8,192 tokens”. */
  readonly valueText: string;
  /** Whether it stands where nobody put it: at a value that was chosen by itself. */
  readonly automatic?: boolean;
  /** The id of a text that says more. */
  readonly describedBy?: string;
  readonly onInput: (place: number) => void;
}

/** A choice among values that have an order, by hand or with the arrow keys. */
export function Slider(props: SliderProps): JSX.Element {
  const last = (): number => Math.max(0, props.places - 1);
  const filled = (): string => `${last() === 0 ? 100 : (props.place / last()) * 100}%`;
  return (
    <input
      class="slider"
      type="range"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-valuetext={props.valueText}
      min="0"
      max={last()}
      step="1"
      value={props.place}
      data-automatic={props.automatic ? '' : undefined}
      style={{ '--filled': filled() }}
      onInput={(event) => props.onInput(event.currentTarget.valueAsNumber)}
    />
  );
}
