import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

const collectEveryBytes = 8 * 1024 * 1024;

let collect: Collect | undefined;

/**
 * For a body of gigabytes that Node reads: it makes a new buffer for each piece, of which V8 counts the few words that
 * stand for it and not the bytes, so that 60 MB of spent ones gather. Call what this returns with the length of each
 * piece, in bytes: they are given back every 8 MB, which takes less than a millisecond.
 */
export function spentBuffers(): (bytes: number) => void {
  collect ??= exposedCollector();
  let spent = 0;
  return (bytes) => {
    spent += bytes;
    if (spent < collectEveryBytes) return;
    spent = 0;
    collect?.({ type: 'minor' });
  };
}

/** V8 gives it to contexts that are made once the flag is set. */
function exposedCollector(): Collect {
  setFlagsFromString('--expose-gc');
  const exposed = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  return exposed;
}
