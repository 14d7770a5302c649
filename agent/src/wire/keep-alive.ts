/**
 * Passes a stream of text on and adds a filler whenever nothing came for `intervalMs`,
 * since clients and proxies cut connections that are silent for long.
 */
export async function* withKeepAlive(
  source: AsyncIterator<string>,
  filler: () => string,
  intervalMs: number,
): AsyncGenerator<string, void> {
  let silence = Promise.withResolvers<null>();
  const timer = setInterval(() => silence.resolve(null), intervalMs);
  try {
    let next = source.next();
    for (;;) {
      const result = await Promise.race([next, silence.promise]);
      if (result === null) {
        silence = Promise.withResolvers();
        yield filler();
        continue;
      }
      if (result.done === true) return;
      timer.refresh();
      yield result.value;
      next = source.next();
    }
  } finally {
    clearInterval(timer);
    // Not awaited: a source that waits answers only once what it waits for was aborted.
    source.return?.().catch(() => {});
  }
}
