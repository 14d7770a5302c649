import Download from 'lucide-solid/icons/download';
import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { dismissHint, hintIsWanted, install, installWay } from '../../state/install.ts';

/** Says once that the page can be installed. */
export function InstallHint(): JSX.Element {
  return (
    <Show when={hintIsWanted()}>
      <Notice
        icon={<Download />}
        actions={
          <>
            <Show when={installWay() === 'prompt'}>
              <Button kind="quiet" size="small" onPress={() => void install()}>
                Install
              </Button>
            </Show>
            <IconButton label="Dismiss the hint" size="small" onPress={dismissHint}>
              <X />
            </IconButton>
          </>
        }
      >
        <Show
          when={installWay() === 'prompt'}
          fallback="Keep IMPETUS at hand: in Safari, tap Share, then Add to Home Screen."
        >
          Keep IMPETUS at hand, in a window of its own.
        </Show>
      </Notice>
    </Show>
  );
}
