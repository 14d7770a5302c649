import './segmented.css';
import { createUniqueId, For, type JSX } from 'solid-js';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** The id of a text that says more. */
  readonly describedBy?: string;
}

/** A choice among a few, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  const name = createUniqueId();
  return (
    <div class="segmented" role="radiogroup" aria-label={props.label} aria-describedby={props.describedBy}>
      <For each={props.options}>
        {(option) => (
          <label class="segmented-option">
            <input
              type="radio"
              name={name}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        )}
      </For>
    </div>
  );
}
