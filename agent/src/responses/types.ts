import type { AccessHolder } from '../events/access-ended.ts';

/** A part of a conversation in the form of the Responses API. */
export interface ResponseItem {
  readonly type: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

export type ResponseStatus = 'completed' | 'failed' | 'in_progress' | 'cancelled' | 'incomplete';

/** An answer as clients of the Responses API see it. */
export interface ResponseObject {
  readonly id: string;
  readonly status: ResponseStatus;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly output: readonly ResponseItem[];
  readonly [field: string]: unknown;
}

export interface StoredResponse {
  readonly response: ResponseObject;
  /** The response that it goes on from. */
  readonly previousId: string | null;
  /** What its own request brought. */
  readonly input: readonly ResponseItem[];
}

/** Answers that clients asked to have kept. Nobody sees those of somebody else. */
export interface Responses extends AsyncDisposable {
  /** On the disk when it resolves. */
  keep(ownerId: string, stored: StoredResponse): Promise<void>;
  find(ownerId: string, id: string): Promise<StoredResponse | null>;
  /** It and those that it goes on from, oldest first; null where one of them is gone. */
  conversation(ownerId: string, id: string): Promise<readonly StoredResponse[] | null>;
  /** Ends it first where it is under way. False: there is none. */
  remove(ownerId: string, id: string): Promise<boolean>;
  /**
   * Keeps it and lets the work go on without its client, until it is done, it is cancelled or its owner's access
   * ends. What the work answers is kept in its place.
   */
  run(
    owner: AccessHolder,
    stored: StoredResponse,
    work: (signal: AbortSignal) => Promise<ResponseObject>,
  ): Promise<void>;
  /** Ends one that is under way and waits for it. False: it is not under way. */
  cancel(ownerId: string, id: string): Promise<boolean>;
}
