import './chips.css';
import { For, Show, type JSX } from 'solid-js';

export interface Chip<T extends string> {
  readonly value: T;
  readonly label: string;
  /** How many things it stands for, where that is known. */
  readonly count?: number;
}

export interface ChipsProps<T extends string> {
  readonly label: string;
  readonly chips: readonly Chip<T>[];
  readonly chosen: readonly T[];
  readonly onToggle: (value: T) => void;
}

/** Any number of choices, all in sight. */
export function Chips<T extends string>(props: ChipsProps<T>): JSX.Element {
  return (
    <fieldset class="chips">
      <legend>{props.label}</legend>
      <div class="chips-row">
        {/* By value: counts that change leave a chip, and the keyboard that stands on it, where it is. */}
        <For each={props.chips.map(({ value }) => value)}>
          {(value) => (
            <label class="chip">
              <input
                type="checkbox"
                checked={props.chosen.includes(value)}
                onChange={() => props.onToggle(value)}
              />
              <Show when={props.chips.find((chip) => chip.value === value)}>
                {(chip) => (
                  <span>
                    {chip().label}
                    <Show when={chip().count !== undefined}>
                      <span class="chip-count">{chip().count}</span>
                    </Show>
                  </span>
                )}
              </Show>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
