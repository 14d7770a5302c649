import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';

/** Milliseconds until a moment, counted down each second while there are any. */
export function useCountdown(until: Accessor<string | null>): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  createEffect(() => {
    const end = until();
    setNow(Date.now());
    if (end === null) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= Date.parse(end)) clearInterval(timer);
    }, 1000);
    onCleanup(() => clearInterval(timer));
  });
  return () => Math.max(0, Date.parse(until() ?? '') - now() || 0);
}
