import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** A time to wait before the next try, counted down. */
export interface Wait {
  /** Whole seconds that are left; 0 when there is nothing to wait for. */
  readonly seconds: Accessor<number>;
  /** Begins to wait; nothing where there is nothing to wait for. */
  begin(seconds: number | null): void;
}

export function useWait(): Wait {
  const [seconds, setSeconds] = createSignal(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  let endsAt = 0;
  const tick = (): void => {
    const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
    setSeconds(left);
    if (left === 0) clearInterval(timer);
  };
  onCleanup(() => clearInterval(timer));
  return {
    seconds,
    begin(length) {
      clearInterval(timer);
      endsAt = Date.now() + (length ?? 0) * 1000;
      tick();
      // Timers of a page in the background are late: what is left is always counted from the clock.
      if (seconds() > 0) timer = setInterval(tick, 250);
    },
  };
}
