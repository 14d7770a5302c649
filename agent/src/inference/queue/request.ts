import type {
  Generation,
  IdleUnload,
  ImpetusError,
  RunnerCommand,
  RunnerEvent,
  RunnerQuestion,
} from '@impetus/contracts';

/** What a request asks of a runner. */
export type Work =
  | { readonly type: 'generate'; readonly generation: Generation }
  | { readonly type: 'embed'; readonly inputs: readonly (string | number[])[] }
  | { readonly type: 'rank'; readonly query: string; readonly documents: readonly string[] }
  /** Takes no sequence, so it waits for none. */
  | { readonly type: 'ask'; readonly question: RunnerQuestion };

/** What a runner tells of a request, failures apart. */
export type RequestEvent = Exclude<RunnerEvent, { kind: 'error' }>;

/** One request inside the agent, and where it hears what becomes of it. */
export interface Request {
  readonly id: string;
  /** Requesters take turns. */
  readonly requesterId: string;
  /** Milliseconds of a steady clock. */
  readonly arrivedAt: number;
  /** How long the model stays loaded after it, where its client says so. */
  readonly keepAlive: IdleUnload | null;
  /** The context that its client would have. */
  readonly contextSize?: number | undefined;
  readonly work: Work;
  /** A runner took it. */
  readonly onAdmitted?: (() => void) | undefined;
  onEvent(event: RequestEvent): void;
  /** `position` 1 is next. */
  onQueued(position: number): void;
  /** `progress` from 0 to 1. */
  onLoading(progress: number): void;
  onFailure(error: ImpetusError): void;
}

export function toCommand({ id, work }: Request): RunnerCommand {
  return { ...work, requestId: id };
}

/** The events with which a request has its answer. */
const lastKinds: ReadonlySet<RunnerEvent['kind']> = new Set(['end', 'embedded', 'ranked', 'answered']);

export function endsRequest({ kind }: RunnerEvent): boolean {
  return kind === 'error' || lastKinds.has(kind);
}
