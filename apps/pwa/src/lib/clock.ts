import { createSignal, onCleanup, type Accessor } from 'solid-js';

const everyMs = 10_000;

const [now, setNow] = createSignal(Date.now());
let readers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  setNow(Date.now());
}

/** The time, for ages and spans on screen; it ticks only while something shows it. */
export function useNow(): Accessor<number> {
  // Only when it stood still: a row that sets the time while it is drawn would have its list drawn anew, and itself.
  if (timer === undefined) tick();
  readers += 1;
  timer ??= setInterval(tick, everyMs);
  onCleanup(() => {
    readers -= 1;
    if (readers > 0) return;
    clearInterval(timer);
    timer = undefined;
  });
  return now;
}
