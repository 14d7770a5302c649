import './code-block.css';
import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { copyText } from '../../lib/clipboard.ts';

const saidForMs = 2_000;

/** Code as a model wrote it, to be copied. */
export function CodeBlock(props: { readonly language: string; readonly code: string }): JSX.Element {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (): Promise<void> => {
    if (!(await copyText(props.code))) return;
    setCopied(true);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), saidForMs);
  };
  return (
    <div class="code-block">
      <div class="code-block-head">
        <span>{props.language || 'code'}</span>
        <button type="button" class="code-block-copy" onClick={() => void copy()}>
          <Show when={copied()} fallback={<Copy />}>
            <Check />
          </Show>
          {copied() ? 'Copied' : 'Copy code'}
        </button>
      </div>
      {/* Reachable by keyboard, because it scrolls. */}
      <pre tabindex="0" aria-label={`${props.language || 'code'} block`}>
        <code>{props.code}</code>
      </pre>
    </div>
  );
}
