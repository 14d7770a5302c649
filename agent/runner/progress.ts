import type { LoadStage } from '@impetus/contracts';

const order: readonly LoadStage[] = ['process', 'weights', 'context'];

/** Smaller steps are not worth a message. */
const smallestStep = 0.02;

/**
 * Passes load progress on so that it only ever rises. llama.cpp reports each tensor, some of them
 * after the next stage has begun.
 */
export function steadyProgress(
  report: (stage: LoadStage, fraction: number) => void,
): (stage: LoadStage, fraction: number) => void {
  let last = -Infinity;
  return (stage, fraction) => {
    const total = order.indexOf(stage) + fraction;
    if (total <= last || (total < last + smallestStep && fraction < 1)) return;
    last = total;
    report(stage, fraction);
  };
}
