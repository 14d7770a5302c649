import type { ModelEntry } from '@impetus/contracts/models';
import { Show, type JSX } from 'solid-js';
import { Facts } from '../../components/facts/facts.tsx';
import { useNow } from '../../lib/clock.ts';
import { modelFacts } from './model-facts.ts';

/** What a model is. */
export function ModelAbout(props: { readonly model: ModelEntry }): JSX.Element {
  const now = useNow();
  return (
    <>
      <section class="model-detail-card">
        <h2>About</h2>
        <Facts facts={modelFacts(props.model, now())} />
      </section>
      <Show when={props.model.source === 'sample'}>
        <p class="model-detail-note">
          IMPETUS made this tiny model itself, so that everything can be tried at once. It knows a few hundred
          words and understands nothing; put a real model into the models folder for real answers.
        </p>
      </Show>
    </>
  );
}
