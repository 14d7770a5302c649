import { For, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Chips } from '../../components/chips/chips.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { facetLabel, facetNames, facets } from '../../state/library/facets.ts';
import {
  indexedModels,
  libraryFilter,
  librarySituation,
  listedModels,
  setLibraryFilter,
} from '../../state/library/library-state.ts';
import { facetChoices, toggleFacet } from '../../state/library/library-view.ts';

/** By what the library can be narrowed; it follows at once. */
export default function FilterSheet(props: { readonly onClose: () => void }): JSX.Element {
  const shown = (): string =>
    listedModels().length === 1 ? 'Show one model' : `Show ${listedModels().length} models`;
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Filter"
      actions={
        <>
          <Button onPress={() => setLibraryFilter((before) => ({ ...before, chosen: {} }))}>Clear</Button>
          <Button kind="primary" onPress={props.onClose}>
            {shown()}
          </Button>
        </>
      }
    >
      <For each={facets}>
        {(facet) => {
          const choices = () =>
            facetChoices(indexedModels(), facet, libraryFilter(), librarySituation()).map(
              ({ value, count }) => ({ value, count, label: facetLabel(facet, value) }),
            );
          return (
            <Show when={choices().length > 0}>
              <Chips
                label={facetNames[facet]}
                chips={choices()}
                chosen={libraryFilter().chosen[facet] ?? []}
                onToggle={(value) => setLibraryFilter((before) => toggleFacet(before, facet, value))}
              />
            </Show>
          );
        }}
      </For>
    </Sheet>
  );
}
