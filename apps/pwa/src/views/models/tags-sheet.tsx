import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';
import { markModels } from '../../state/library/library-actions.ts';
import { commonTags, readTags, replaceTags } from '../../state/library/tags.ts';

export interface TagsSheetProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Sets the tags that one model has, or that several have in common. */
export default function TagsSheet(props: TagsSheetProps): JSX.Element {
  const models = () => agentState.models.filter(({ id }) => props.ids.includes(id));
  const common = commonTags(models().map(({ tags }) => tags));
  const [text, setText] = createSignal(common.join(', '));
  const [only] = props.ids;
  const save = async (): Promise<void> => {
    const next = readTags(text());
    const marked = models().map(({ id, tags }) => ({ id, tags: replaceTags(tags, common, next) }));
    props.onClose();
    // Models that end with the same tags are written together.
    const groups = Map.groupBy(marked, ({ tags }) => JSON.stringify(tags));
    for (const group of groups.values()) {
      await markModels(
        group.map(({ id }) => id),
        { tags: [...(group[0]?.tags ?? [])] },
      );
    }
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={
        props.ids.length === 1 ? `Tags of ${modelName(only ?? '')}` : `Tags of ${props.ids.length} models`
      }
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={awayReason()} onPress={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label="Tags"
          hint={
            props.ids.length === 1
              ? 'Apart by commas. The library can be searched and filtered by them.'
              : 'Those that all of them have, apart by commas. What each alone has stays.'
          }
          value={text()}
          onInput={setText}
          autofocus
        />
      </form>
    </Sheet>
  );
}
