/**
 * The closed set of things that can go wrong, as one vocabulary for every process and wire.
 * Each dialect maps these codes to its own status, type and code; nothing else crosses a boundary.
 */
export const errorCodes = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'host_not_allowed',
  'origin_not_allowed',
  'not_found',
  'method_not_allowed',
  'conflict',
  'payload_too_large',
  'unsupported_media_type',
  'model_not_found',
  'model_unusable',
  'model_load_failed',
  'context_length_exceeded',
  'insufficient_memory',
  'queue_full',
  'rate_limited',
  'runner_failed',
  'cancelled',
  'timeout',
  'disk_full',
  /** The Hub does not answer, or not as it should. */
  'hub_unavailable',
  /** The Hub does not let this account at it, or does not know its token. */
  'hub_access',
  'shutting_down',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** How much was wanted, and how much there is at most. */
export interface TokenLimit {
  readonly wanted: number;
  readonly limit: number;
}

/** An error as it crosses a process boundary. */
export interface WireError {
  readonly code: ErrorCode;
  /** For people: what happened, what was expected, what to do. */
  readonly message: string;
  /** The field of the request that was at fault, where there is one. */
  readonly param?: string;
  /** A finer code for dialects that have one, such as OpenAI's `missing_required_parameter`. */
  readonly detail?: string;
  /** With `context_length_exceeded`: both numbers, for dialects that word them in their own way. */
  readonly tokens?: TokenLimit;
}

/**
 * The one error class that is thrown on purpose. Its message is written for people and may be shown
 * to a client; whatever else is thrown is a defect and reaches a client only as `internal`.
 */
export class ImpetusError extends Error {
  override readonly name = 'ImpetusError';
  readonly code: ErrorCode;
  readonly param: string | undefined;
  /** A finer code for dialects that have one. */
  readonly detail: string | undefined;
  readonly tokens: TokenLimit | undefined;
  /** Seconds after which a retry makes sense, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      param?: string | undefined;
      detail?: string | undefined;
      tokens?: TokenLimit | undefined;
      cause?: unknown;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.param = options.param;
    this.detail = options.detail;
    this.tokens = options.tokens;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The same error for another process: no stack, no cause. */
  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.param !== undefined && { param: this.param }),
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(this.tokens !== undefined && { tokens: this.tokens }),
    };
  }

  static fromWire(error: WireError): ImpetusError {
    const { code, message, param, detail, tokens } = error;
    return new ImpetusError(code, message, { param, detail, tokens });
  }
}

const internalMessage =
  'Something went wrong inside the agent. The details are in its log; trying again may help.';

/** Anything that was thrown, as an error that is safe to show: unknown ones never show their inside. */
export function toImpetusError(thrown: unknown): ImpetusError {
  if (thrown instanceof ImpetusError) return thrown;
  return new ImpetusError('internal', internalMessage, { cause: thrown });
}
