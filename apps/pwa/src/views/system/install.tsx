import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { install, installWay, type InstallWay } from '../../state/install.ts';

const words: Record<InstallWay, string> = {
  prompt: 'Install IMPETUS to have it in a window of its own, with its icon among the other apps.',
  'by-hand': 'To install IMPETUS, open it in Safari, tap Share, then Add to Home Screen.',
  none: 'To install IMPETUS, look in this browser’s menu for Install or Add to Home Screen.',
  installed: 'IMPETUS is installed on this device.',
};

/** How this device gets the page as an app. */
export function Install(): JSX.Element {
  return (
    <div class="system-setting">
      <p>{words[installWay()]}</p>
      <Show when={installWay() === 'prompt'}>
        <Button onPress={() => void install()}>Install</Button>
      </Show>
    </div>
  );
}
