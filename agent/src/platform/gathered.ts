export interface Gathered extends Disposable {
  /** Soon the task runs, once for all who asked until then. */
  ask(): void;
}

/** A task that what changes one by one is told with in one go. */
export function gathered(afterMs: number, task: () => void): Gathered {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = undefined;
        task();
      }, afterMs).unref();
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
