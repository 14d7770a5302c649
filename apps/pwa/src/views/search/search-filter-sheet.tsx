import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { ChoiceField } from '../../components/choice-field/choice-field.tsx';
import { Select } from '../../components/select/select.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { Toggle } from '../../components/toggle/toggle.tsx';
import { licences, tasks } from '../../state/hub/hub-words.ts';
import { anyRepo, changeHubQuery, hubQuery } from '../../state/hub/search-state.ts';

/** By what the search is narrowed; it follows at once. */
export default function SearchFilterSheet(props: { readonly onClose: () => void }): JSX.Element {
  const clear = (): void => {
    const { gguf, task, author, licence } = anyRepo;
    changeHubQuery({ gguf, task, author, licence });
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Filter"
      actions={
        <>
          <Button onPress={clear}>Clear</Button>
          <Button kind="primary" onPress={props.onClose}>
            Show
          </Button>
        </>
      }
    >
      <Toggle
        label="GGUF files alone"
        hint="What IMPETUS can run. Off: every model on the Hub."
        checked={hubQuery().gguf}
        onChange={(gguf) => changeHubQuery({ gguf })}
      />
      <ChoiceField label="Task" hint={null}>
        {() => (
          <Select
            label="Task"
            options={tasks}
            value={hubQuery().task}
            placeholder="Any task"
            onChange={(task) => changeHubQuery({ task })}
          />
        )}
      </ChoiceField>
      <ChoiceField label="Licence" hint={null}>
        {() => (
          <Select
            label="Licence"
            options={licences}
            value={hubQuery().licence}
            placeholder="Any licence"
            onChange={(licence) => changeHubQuery({ licence })}
          />
        )}
      </ChoiceField>
      <TextField
        label="Author"
        hint="An account or an organisation, such as ggml-org."
        value={hubQuery().author}
        onInput={(author) => changeHubQuery({ author })}
      />
    </Sheet>
  );
}
