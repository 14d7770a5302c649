import type { ModelEntry } from '@impetus/contracts/models';
import { lazy, Show, Suspense, type JSX } from 'solid-js';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { useNow } from '../../lib/clock.ts';
import { findModel } from '../../state/agent-state.ts';
import { modelFacts } from './model-facts.ts';
import { repoPath } from '../search/repo-path.ts';
import { modelPath } from './model-path.ts';

// Below what is in sight at first, and it asks the Mac for more.
const ModelInside = lazy(() => import('./model-inside.tsx'));

/** What a model is, where it lies and came from. */
export function ModelAbout(props: { readonly model: ModelEntry }): JSX.Element {
  const now = useNow();
  return (
    <>
      <section class="model-detail-card">
        <h2>About</h2>
        <Facts facts={[...modelFacts(props.model, now()), ...linkedFacts(props.model)]} />
      </section>
      <Show when={props.model.source === 'sample'}>
        <p class="model-detail-note">
          IMPETUS made this tiny model itself, so that everything can be tried at once. It knows a few hundred
          words and understands nothing; find a real model on the Hub for real answers.
        </p>
      </Show>
      <Suspense>
        <ModelInside model={props.model} />
      </Suspense>
    </>
  );
}

/** Where it came from, and what is the same. */
function linkedFacts({ origin, duplicates }: ModelEntry): readonly Fact[] {
  const same = duplicates.map(findModel).filter((model) => model !== undefined);
  return [
    ...(origin === null
      ? []
      : [
          {
            term: 'From',
            value: (
              <a class="link" href={repoPath(origin.repo)}>
                {origin.repo}
              </a>
            ),
          },
        ]),
    ...(same.length === 0
      ? []
      : [
          {
            term: 'Same content',
            value: (
              <>
                {same.map((model, index) => (
                  <>
                    {index > 0 && ', '}
                    <a class="link" href={modelPath(model.id)}>
                      {model.name}
                    </a>
                  </>
                ))}
              </>
            ),
          },
        ]),
  ];
}
