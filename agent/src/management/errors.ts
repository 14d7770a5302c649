import { ImpetusError, toImpetusError, type ErrorCode } from '@impetus/contracts';
import { TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY, type TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import { z } from 'zod';
import { httpStatus } from '../errors.ts';
import { isDiskFull } from '../platform/disk-errors.ts';
import type { Log } from '../log/types.ts';

/** An error as the management wire carries it, in tRPC's envelope. */
export interface ManagementErrorShape {
  readonly message: string;
  /** JSON-RPC's number, for tRPC's own client. */
  readonly code: number;
  readonly data: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly param: string | null;
    readonly httpStatus: number;
    /** A finer code, where there is one. */
    readonly detail: string | null;
    /** After which a retry makes sense, where that is known. */
    readonly retryAfterSeconds: number | null;
  };
}

/** tRPC's own refusals, in our vocabulary and words. */
const ownRefusals: Partial<Record<TRPC_ERROR_CODE_KEY, readonly [ErrorCode, string]>> = {
  PARSE_ERROR: ['invalid_request', 'The message is not JSON that tRPC understands.'],
  BAD_REQUEST: ['invalid_request', 'The request is not one that this procedure understands.'],
  NOT_FOUND: ['not_found', 'There is no such procedure. The page may be older than the agent: reload it.'],
  METHOD_NOT_SUPPORTED: ['method_not_allowed', 'Queries are asked with GET, mutations with POST.'],
  UNSUPPORTED_MEDIA_TYPE: ['unsupported_media_type', 'Send the body as application/json.'],
  PAYLOAD_TOO_LARGE: ['payload_too_large', 'The message is larger than the agent accepts.'],
  CLIENT_CLOSED_REQUEST: ['cancelled', 'The client went away.'],
};

function fromZod(error: z.ZodError): ImpetusError {
  const issue = error.issues[0];
  const param = issue === undefined || issue.path.length === 0 ? undefined : issue.path.join('.');
  const message = issue?.message ?? 'The input is not valid.';
  return new ImpetusError('invalid_request', param === undefined ? message : `${param}: ${message}`, {
    param,
  });
}

/** Whatever a procedure threw, as an error that is safe to show. */
export function fromTrpc(error: TRPCError): ImpetusError {
  if (error.cause instanceof z.ZodError) return fromZod(error.cause);
  if (error.cause instanceof ImpetusError) return error.cause;
  if (isDiskFull(error.cause)) {
    const message = 'The disk is full, so nothing was changed. Free some space, then try again.';
    return new ImpetusError('disk_full', message, { cause: error.cause });
  }
  const refusal = ownRefusals[error.code];
  if (refusal === undefined) return toImpetusError(error.cause ?? error);
  return new ImpetusError(refusal[0], refusal[1], { cause: error });
}

export function toErrorShape(error: ImpetusError): ManagementErrorShape {
  const status = httpStatus[error.code];
  const number =
    status >= 500 ? TRPC_ERROR_CODES_BY_KEY.INTERNAL_SERVER_ERROR : TRPC_ERROR_CODES_BY_KEY.BAD_REQUEST;
  return {
    message: error.message,
    code: number,
    data: {
      code: error.code,
      message: error.message,
      param: error.param ?? null,
      httpStatus: status,
      detail: error.detail ?? null,
      retryAfterSeconds: error.retryAfterSeconds ?? null,
    },
  };
}

/** Logs what a client is not told; refusals that it is told are not failures of the agent. */
export function logFailure(log: Log, error: TRPCError, path: string | undefined): void {
  if (fromTrpc(error).code !== 'internal') return;
  log.error({ err: error.cause ?? error, path }, 'A management procedure failed.');
}
