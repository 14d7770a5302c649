import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { copyText } from '../../lib/clipboard.ts';
import { announce } from '../../state/announcer.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../button/button.tsx';

const saidForMs = 2_000;

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied: “the key”. */
  readonly what: string;
  readonly kind?: 'primary' | 'plain';
}

/** Copies a text, and says so; where the browser does not let it, it says that. */
export function CopyButton(props: CopyButtonProps): JSX.Element {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async (): Promise<void> => {
    if (!(await copyText(props.text))) {
      showToast('This browser did not let the page copy. Select the text and copy it by hand.');
      return;
    }
    setCopied(true);
    announce(`Copied ${props.what}.`);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), saidForMs);
  };
  return (
    <Button
      kind={props.kind ?? 'plain'}
      size="small"
      label={`Copy ${props.what}`}
      icon={
        <Show when={copied()} fallback={<Copy />}>
          <Check />
        </Show>
      }
      onPress={() => void copy()}
    >
      {copied() ? 'Copied' : 'Copy'}
    </Button>
  );
}
