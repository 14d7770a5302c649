import { readPullName } from '@impetus/contracts/pull-name';
import Plus from 'lucide-solid/icons/plus';
import { createSignal, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { macName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { tryDownload } from '../../state/downloads/download-actions.ts';
import { wishDownload } from '../../state/wishes.ts';

/** Downloads a model whose name is known; while the Mac is away it is kept in mind. */
export function AddByName(): JSX.Element {
  const [text, setText] = createSignal('');
  const [error, setError] = createSignal<string | null>(null);
  const add = async (): Promise<void> => {
    const read = readPullName(text());
    setError(read.ok ? null : read.error);
    if (!read.ok) return;
    const { repo, key } = read;
    const entered = text();
    const name = key === null ? repo : `${repo}:${key}`;
    const wanted = { repo, name, ...(key !== null && { key }) };
    // The Hub takes a moment to answer: the field is free for the next one meanwhile.
    setText('');
    if (!isConnected()) {
      wishDownload(wanted);
      return;
    }
    const refusal = await tryDownload(wanted);
    setError(refusal);
    if (refusal !== null && text() === '') setText(entered);
  };
  return (
    <form
      class="add-by-name"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <input
        type="text"
        aria-label="Repo on the Hub"
        aria-describedby={error() === null ? undefined : 'add-by-name-error'}
        aria-invalid={error() === null ? undefined : 'true'}
        placeholder="owner/name:quant"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setError(null);
        }}
      />
      <Button
        type="submit"
        icon={<Plus />}
        disabledReason={text().trim() === '' ? 'Write a name first.' : null}
      >
        {isConnected() ? 'Add' : 'Add for later'}
      </Button>
      <Show when={error()}>
        {(words) => (
          <p id="add-by-name-error" class="add-by-name-error" role="alert">
            {words()}
          </p>
        )}
      </Show>
      <Show when={!isConnected()}>
        <p class="add-by-name-hint">{macName()} is away: it is told when it is back.</p>
      </Show>
    </form>
  );
}
