import './select.css';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';

// The list, its keyboard and its place on the screen weigh more than the rest of a page: they come when wanted.
const SelectList = lazy(() => import('./select-list.tsx'));

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectProps {
  readonly label: string;
  /** The same array as long as nothing in it changes: an open list is drawn anew for another one. */
  readonly options: readonly SelectOption[];
  /** A fact or two, beneath the label; these may change at any time. */
  readonly detailOf?: (value: string) => string;
  readonly value: string | null;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
}

/** One choice out of a list that opens over the page; typing jumps to what begins so. */
export function Select(props: SelectProps): JSX.Element {
  const [opened, setOpened] = createSignal(false);
  const closed = (): JSX.Element => <ClosedSelect {...props} onOpen={() => setOpened(true)} />;
  return (
    <Show when={opened()} fallback={closed()}>
      <Suspense fallback={closed()}>
        <SelectList {...props} />
      </Suspense>
    </Show>
  );
}

function ClosedSelect(props: SelectProps & { readonly onOpen: () => void }): JSX.Element {
  const chosen = (): string =>
    props.options.find(({ value }) => value === props.value)?.label ?? props.placeholder;
  const open = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    props.onOpen();
  };
  return (
    <div class="select">
      <button
        type="button"
        class="select-trigger"
        aria-label={`${props.label}: ${chosen()}`}
        aria-haspopup="listbox"
        aria-expanded="false"
        onPointerEnter={() => void SelectList.preload()}
        onFocus={() => void SelectList.preload()}
        onClick={() => props.onOpen()}
        onKeyDown={open}
      >
        <span class="truncate">{chosen()}</span>
        <ChevronDown />
      </button>
    </div>
  );
}
