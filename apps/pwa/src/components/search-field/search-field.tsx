import './search-field.css';
import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';

export interface SearchFieldProps {
  /** What is searched, for screen readers. */
  readonly label: string;
  /** What can be typed. */
  readonly placeholder: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
}

/** Finds as one types. Escape empties it, and so does the cross that stands there while it holds something. */
export function SearchField(props: SearchFieldProps): JSX.Element {
  let input!: HTMLInputElement;
  const clear = (): void => {
    props.onInput('');
    input.focus();
  };
  /** What is open around the field closes by the next Escape. */
  const hearKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || props.value === '') return;
    event.preventDefault();
    event.stopPropagation();
    clear();
  };
  return (
    <div class="search-field">
      <Search />
      <input
        ref={input}
        type="search"
        aria-label={props.label}
        placeholder={props.placeholder}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={hearKey}
      />
      <Show when={props.value !== ''}>
        {/* Escape does the same, so the Tab key goes past it. */}
        <button type="button" tabIndex={-1} aria-label="Clear the search" onClick={clear}>
          <X />
        </button>
      </Show>
    </div>
  );
}
