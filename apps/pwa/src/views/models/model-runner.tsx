import type { RunnerStatus } from '@impetus/contracts/models';
import type { JSX } from 'solid-js';
import { Facts } from '../../components/facts/facts.tsx';
import { useNow } from '../../lib/clock.ts';
import { runnerFacts } from './model-facts.ts';

/** How a model is held while it is loaded. */
export function ModelRunner(props: { readonly runner: RunnerStatus }): JSX.Element {
  const now = useNow();
  return (
    <section class="model-detail-card">
      <h2>Runner</h2>
      <Facts facts={runnerFacts(props.runner, now())} />
    </section>
  );
}
