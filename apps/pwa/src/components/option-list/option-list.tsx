import './option-list.css';
import { createUniqueId, For, Show, type JSX } from 'solid-js';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  /** One line that says what it means. */
  readonly hint?: string;
  /** Why it cannot be chosen. */
  readonly disabledReason?: string | null;
}

interface OptionListProps<T extends string> {
  readonly label: string;
  readonly options: readonly Option<T>[];
}

/** One of a few choices, each with what it means. */
export function RadioList<T extends string>(
  props: OptionListProps<T> & { readonly value: T; readonly onChange: (value: T) => void },
): JSX.Element {
  const name = createUniqueId();
  return (
    <OptionList
      {...props}
      type="radio"
      name={name}
      isChosen={(value) => value === props.value}
      onChoose={(value) => props.onChange(value)}
    />
  );
}

/** Any of a few choices, each with what it means. */
export function CheckList<T extends string>(
  props: OptionListProps<T> & {
    readonly values: readonly T[];
    readonly onChange: (values: readonly T[]) => void;
  },
): JSX.Element {
  const name = createUniqueId();
  const choose = (value: T, isChosen: boolean): void => {
    const chosen = new Set(props.values);
    if (isChosen) chosen.add(value);
    else chosen.delete(value);
    // In the order in which they are offered, whatever order they were chosen in.
    props.onChange(props.options.map((option) => option.value).filter((offered) => chosen.has(offered)));
  };
  return (
    <OptionList
      {...props}
      type="checkbox"
      name={name}
      isChosen={(value) => props.values.includes(value)}
      onChoose={choose}
    />
  );
}

function OptionList<T extends string>(
  props: OptionListProps<T> & {
    readonly type: 'radio' | 'checkbox';
    readonly name: string;
    readonly isChosen: (value: T) => boolean;
    readonly onChoose: (value: T, isChosen: boolean) => void;
  },
): JSX.Element {
  return (
    <fieldset class="option-list">
      <legend>{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label class="option-list-option" title={option.disabledReason ?? undefined}>
            <input
              type={props.type}
              name={props.name}
              checked={props.isChosen(option.value)}
              disabled={Boolean(option.disabledReason)}
              onChange={(event) => props.onChoose(option.value, event.currentTarget.checked)}
            />
            <span class="option-list-label">{option.label}</span>
            <Show when={option.disabledReason ?? option.hint}>
              {(hint) => <span class="option-list-hint">{hint()}</span>}
            </Show>
          </label>
        )}
      </For>
    </fieldset>
  );
}
