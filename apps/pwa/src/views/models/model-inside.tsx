import './model-inside.css';
import type { ModelDetail } from '@impetus/contracts/library';
import type { ModelEntry } from '@impetus/contracts/models';
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { CodeBlock } from '../../components/code-block/code-block.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatBytes, formatClock, formatCount, formatTokens } from '../../lib/format.ts';
import { isConnected } from '../../state/connection.ts';
import { Benchmarks } from './benchmarks.tsx';

/** What is inside a model: its template, what its header says, its files, and how fast it is here. */
export default function ModelInside(props: { readonly model: ModelEntry }): JSX.Element {
  const now = useNow();
  const [detail, setDetail] = createSignal<ModelDetail | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const ask = async (): Promise<void> => {
    setFailure(null);
    try {
      setDetail(await api.library.detail.query({ id: props.model.id }));
    } catch (error) {
      if (isConnected()) setFailure(toFailure(error, 'What is inside the model could not be read.'));
    }
  };
  createEffect(on([() => props.model.id, () => props.model.modifiedAt, isConnected], () => void ask()));
  const lastUsed = (at: string | null): string =>
    at === null ? 'Never' : formatClock(Date.parse(at), now());
  return (
    <>
      <Show when={props.model.problem === null}>
        <Benchmarks model={props.model} />
      </Show>
      <Show when={failure()}>
        {(shown) => (
          <ErrorPanel failure={shown()}>
            <Button size="small" onPress={() => void ask()}>
              Try again
            </Button>
          </ErrorPanel>
        )}
      </Show>
      <Show when={props.model.files.length > 1}>
        <details class="model-inside">
          <summary>{props.model.files.length} files</summary>
          <Facts
            facts={props.model.files.map(({ path, sizeBytes }) => ({
              term: formatBytes(sizeBytes),
              value: path,
              mono: true,
            }))}
          />
        </details>
      </Show>
      <Show when={detail()}>
        {(known) => (
          <>
            <Show when={known().chatTemplate}>
              {(template) => (
                <details class="model-inside">
                  <summary>Chat template</summary>
                  <p class="model-inside-hint">
                    How a conversation is written down for this model. Its settings can replace it.
                  </p>
                  <CodeBlock language="jinja" code={template()} />
                </details>
              )}
            </Show>
            <Show when={known().sourceFacts}>
              {(facts) => (
                <details class="model-inside">
                  <summary>Taken over from its program</summary>
                  <Facts
                    facts={[
                      ...(facts().system === null ? [] : [{ term: 'System prompt', value: facts().system }]),
                      ...Object.entries(facts().sampling).map(([term, value]) => ({
                        term,
                        value: String(value),
                      })),
                      ...(facts().stop.length === 0
                        ? []
                        : [{ term: 'Stops at', value: facts().stop.join(' '), mono: true }]),
                      ...(facts().contextSize === null
                        ? []
                        : [{ term: 'Context', value: formatTokens(facts().contextSize ?? 0) }]),
                    ]}
                  />
                  <Show when={facts().template}>
                    {(template) => (
                      <>
                        <p class="model-inside-hint">
                          Its template there. Conversations are written down by the one in the file.
                        </p>
                        <CodeBlock language="template" code={template()} />
                      </>
                    )}
                  </Show>
                </details>
              )}
            </Show>
            <details class="model-inside">
              <summary>Header, {formatCount(known().metadata.length)} keys</summary>
              <p class="model-inside-hint">
                Last asked for: {lastUsed(known().lastUsedAt)}. Blocks: {formatCount(known().blockCount)}. KV
                cache for each token: {formatBytes(known().kvBytesPerToken)}.
              </p>
              <dl class="model-inside-header">
                <For each={known().metadata}>
                  {({ key, value }) => (
                    <div>
                      <dt class="mono">{key}</dt>
                      <dd class="mono">{value}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </details>
          </>
        )}
      </Show>
    </>
  );
}
