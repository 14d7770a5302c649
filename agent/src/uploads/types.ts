import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Upload } from '@impetus/contracts';
import type { Principal } from '../auth/types.ts';

/** Model files on their way in from other devices. */
export interface Uploads extends AsyncDisposable {
  /** Those that are not over yet, and those that ended while this agent ran; newest first. */
  list(): readonly Upload[];
  /** Takes what arrived off the disk; of one that ended, only the entry goes. Throws `not_found`. */
  drop(id: string): Promise<void>;
  /** Speaks tus with a client that was let in; the answer is its own. */
  handle(request: IncomingMessage, response: ServerResponse, sender: Sender): Promise<void>;
}

/** Who sends, and from where. */
export interface Sender {
  readonly principal: Principal;
  readonly address: string | null;
}
