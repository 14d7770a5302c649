import type { ModelEntry } from '@impetus/contracts/models';
import { Show, type JSX } from 'solid-js';
import { MemoryBar } from '../../components/memory-bar/memory-bar.tsx';
import { agentState, modelName } from '../../state/agent-state.ts';
import { fitOf, fitWords, viewMemory } from '../../state/memory-view.ts';

/** The Mac's memory with this model in it, or with the outline of where it would lie. */
export function ModelMemory(props: { readonly model: ModelEntry; readonly loaded: boolean }): JSX.Element {
  return (
    <Show when={agentState.memory}>
      {(sample) => {
        const view = () => viewMemory(sample(), agentState.runners, modelName);
        const candidate = () => fitOf(props.model.name, props.model.sizeBytes, view());
        return (
          <section class="model-detail-card">
            <h2>Memory</h2>
            <Show when={!props.loaded} fallback={<MemoryBar view={view()} />}>
              <p class="model-detail-fit">{fitWords(candidate(), view())}</p>
              <MemoryBar view={view()} candidate={candidate()} />
            </Show>
          </section>
        );
      }}
    </Show>
  );
}
