import type { ToolField, ToolStep } from '@impetus/contracts/tools/types';
import { For, Index, Show, type JSX } from 'solid-js';
import { CodeBlock } from '../../components/code-block/code-block.tsx';
import { CopyButton } from '../../components/copy-button/copy-button.tsx';

/** What the tool has to be told, step by step, to be copied. */
export function ToolSteps(props: { readonly steps: readonly ToolStep[] }): JSX.Element {
  return (
    <ol class="connect-steps" classList={{ 'connect-steps-one': props.steps.length === 1 }}>
      <Index each={props.steps}>
        {(step) => (
          <li>
            <Step step={step()} />
          </li>
        )}
      </Index>
    </ol>
  );
}

function Step(props: { readonly step: ToolStep }): JSX.Element {
  return (
    <>
      <Show when={props.step.note}>{(note) => <p class="connect-note">{note()}</p>}</Show>
      <Show
        when={formOf(props.step)}
        fallback={<CodeBlock language={placeOf(props.step)} code={codeOf(props.step)} />}
      >
        {(form) => (
          <>
            <p class="connect-where">{form().where}</p>
            <Form fields={form().fields} />
          </>
        )}
      </Show>
    </>
  );
}

function Form(props: { readonly fields: readonly ToolField[] }): JSX.Element {
  return (
    <dl class="connect-form">
      <For each={props.fields}>
        {({ label, value }) => (
          <div class="connect-field">
            <dt>{label}</dt>
            <dd>
              <span class="mono">{value}</span>
              <CopyButton text={value} what={label} />
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}

const formOf = (step: ToolStep) => (step.kind === 'form' ? step : undefined);
const codeOf = (step: ToolStep): string => (step.kind === 'form' ? '' : step.text.trimEnd());

function placeOf(step: ToolStep): string {
  if (step.kind === 'terminal') return 'Terminal';
  return step.kind === 'form' ? step.where : step.path;
}
