import type { Download, DownloadProgress } from '@impetus/contracts';
import type { StateFeed } from '../events/types.ts';

export interface ProgressTellerOptions {
  readonly feed: Pick<StateFeed, 'publish'>;
  readonly list: () => readonly Download[];
  readonly progressOf: (id: string) => DownloadProgress | null;
}

/** Four times a second is smooth to the eye, and little to a phone. */
const progressMs = 250;
/** What changes together is told together. */
const listMs = 20;

/** Tells the screens: the list when it changed, and how far those that run have come, at its own pace. */
export class ProgressTeller implements Disposable {
  readonly #options: ProgressTellerOptions;
  readonly #moved = new Set<string>();
  #progressTimer: NodeJS.Timeout | null = null;
  #listTimer: NodeJS.Timeout | null = null;

  constructor(options: ProgressTellerOptions) {
    this.#options = options;
  }

  moved(id: string): void {
    this.#moved.add(id);
    this.#progressTimer ??= setTimeout(() => {
      this.#progressTimer = null;
      const progress = [...this.#moved].map((moved) => this.#options.progressOf(moved));
      this.#moved.clear();
      const told = progress.filter((one) => one !== null);
      if (told.length > 0) this.#options.feed.publish({ type: 'download-progress', progress: told });
    }, progressMs).unref();
  }

  changed(): void {
    this.#listTimer ??= setTimeout(() => {
      this.#listTimer = null;
      this.#options.feed.publish({ type: 'downloads', downloads: this.#options.list() });
    }, listMs).unref();
  }

  [Symbol.dispose](): void {
    if (this.#progressTimer !== null) clearTimeout(this.#progressTimer);
    if (this.#listTimer !== null) clearTimeout(this.#listTimer);
  }
}
