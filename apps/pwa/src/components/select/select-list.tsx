import { Select as Kobalte, useSelectContext } from '@kobalte/core/select';
import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { onMount, Show, type JSX } from 'solid-js';
import type { SelectOption, SelectProps } from './select.tsx';

/** The select once it has been opened for the first time: it begins open. */
export default function SelectList(props: SelectProps): JSX.Element {
  const chosen = (): SelectOption | null => props.options.find(({ value }) => value === props.value) ?? null;
  return (
    <Kobalte<SelectOption>
      class="select"
      options={[...props.options]}
      optionValue="value"
      optionTextValue="label"
      optionDisabled="disabled"
      value={chosen()}
      onChange={(option) => option !== null && props.onChange(option.value)}
      placeholder={props.placeholder}
      gutter={6}
      fitViewport
      itemComponent={(item) => (
        <Kobalte.Item item={item.item} class="select-item">
          {/* Plain text, so that an option is called by all that it shows. */}
          <span class="select-item-text">
            <span class="truncate">{item.item.rawValue.label}</span>
            <Show when={props.detailOf}>
              {(detailOf) => (
                <span class="select-item-detail truncate">{detailOf()(item.item.rawValue.value)}</span>
              )}
            </Show>
          </span>
          <Kobalte.ItemIndicator class="select-item-check">
            <Check />
          </Kobalte.ItemIndicator>
        </Kobalte.Item>
      )}
    >
      <OpenAtOnce />
      <Kobalte.Trigger
        class="select-trigger"
        aria-label={`${props.label}: ${chosen()?.label ?? props.placeholder}`}
      >
        <Kobalte.Value<SelectOption> class="truncate">
          {(state) => state.selectedOption()?.label}
        </Kobalte.Value>
        <ChevronDown />
      </Kobalte.Trigger>
      <Kobalte.Portal ref={keepInSight}>
        <Kobalte.Content class="select-content">
          <Kobalte.Listbox class="select-list" aria-label={props.label} />
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}

/** A sheet hides what comes beside it from screen readers; a list that was opened in the sheet says that it belongs there. */
function keepInSight(place: HTMLDivElement | SVGGElement): void {
  place.dataset['reactAriaTopLayer'] = 'true';
}

/** Opened from within, the list has the keyboard as well; opened by a property it would not. */
function OpenAtOnce(): JSX.Element {
  const select = useSelectContext();
  onMount(() => select.open(true));
  return null;
}
