import { createEffect, createSignal, on, type Accessor } from 'solid-js';
import { macName } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import { showToast } from '../../state/toasts.ts';
import type { WhenToAsk } from '../../state/when-to-ask.ts';

/** A question that was sent while the Mac was not connected. */
export interface HeldQuestion {
  readonly isHeld: Accessor<boolean>;
  readonly hold: () => void;
  readonly letGo: () => void;
}

/** What is said of it where it was written. */
export function heldNotice(): string {
  return `${macName()} is not connected. Your question is sent when it is.`;
}

/** `send` is called when the Mac can be asked; if it cannot be after all, the reason is shown. */
export function useHeldQuestion(when: Accessor<WhenToAsk>, send: () => void): HeldQuestion {
  const [isHeld, setHeld] = createSignal(false);

  createEffect(
    on(when, (now) => {
      if (!isHeld() || now === 'soon') return;
      setHeld(false);
      if (now === 'now') send();
      else showToast(now.whyNot);
    }),
  );

  return {
    isHeld,
    hold() {
      setHeld(true);
      announce(heldNotice());
    },
    letGo: () => setHeld(false),
  };
}
