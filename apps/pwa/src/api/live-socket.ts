/** What a socket says about the other end. */
export interface Pulse {
  /** Something arrived: the other end is there. */
  heard(): void;
  /** It has been silent and was asked whether it is still there. */
  doubted(): void;
}

/** After this much silence the other end is asked for a sign of life … */
const silenceMs = 5_000;
/** … which has to come within this. */
const answerMs = 3_000;
const connectMs = 6_000;
/** A timer this late means that the page was asleep, and says nothing about the other end. */
const asleepMs = 1_000;

const abandonedCode = 4000;

/**
 * A WebSocket that notices when the other end is gone without a word: a Mac that fell asleep, a phone that
 * left the house. A browser notices that after minutes, and waits for the other end even to close.
 */
export class LiveSocket extends WebSocket {
  readonly #pulse: Pulse;
  readonly #createdAt = Date.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(url: string | URL, pulse: Pulse) {
    super(url);
    this.#pulse = pulse;
    // These come before any listener of the link, and decide what it still gets to hear.
    this.addEventListener('open', () => this.#rest());
    this.addEventListener('message', (event) => this.#receive(event));
    this.addEventListener('close', (event) => this.#finish(event));
    this.#timer = setTimeout(() => this.close(), connectMs);
  }

  /** Asks for a sign of life; without one in time the socket counts as lost. */
  probe(withinMs = answerMs): void {
    if (this.readyState !== WebSocket.OPEN || this.#ended) return;
    // tRPC's server answers this on its own, before and beside everything else.
    this.send('PING');
    this.#pulse.doubted();
    const due = Date.now() + withinMs;
    this.#schedule(withinMs, () => {
      if (Date.now() > due + asleepMs) this.probe(withinMs);
      else this.#abandon();
    });
  }

  /** Gives up an attempt to connect that hangs, so that a fresh one can begin. */
  hurry(): void {
    if (this.readyState === WebSocket.CONNECTING && Date.now() - this.#createdAt > asleepMs) this.close();
  }

  #schedule(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }

  #rest(): void {
    this.#schedule(silenceMs, () => this.probe());
  }

  #receive(event: MessageEvent): void {
    if (this.#ended) {
      event.stopImmediatePropagation();
      return;
    }
    this.#pulse.heard();
    this.#rest();
  }

  #finish(event: Event): void {
    clearTimeout(this.#timer);
    if (this.#ended) event.stopImmediatePropagation();
    this.#ended = true;
  }

  /** Tells the listeners at once; the browser's own close event may come much later and is kept from them. */
  #abandon(): void {
    this.dispatchEvent(new CloseEvent('close', { code: abandonedCode, reason: 'no answer' }));
    this.close();
  }
}
