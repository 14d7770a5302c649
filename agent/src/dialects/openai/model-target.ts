import { ImpetusError } from '@impetus/contracts';
import type { FastifyReply } from 'fastify';

export const modelActions = ['load', 'unload', 'switch'] as const;
export type ModelAction = (typeof modelActions)[number];

/** What stands behind `/v1/models/`: a model, and what is asked of it. */
export interface ModelTarget {
  readonly model: string;
  readonly action: ModelAction | null;
}

/** Reads what stands behind `/v1/models/`, decoded. Ids may hold slashes, so what is asked is the last part. */
export function modelTarget(path: string): ModelTarget {
  const end = path.lastIndexOf('/');
  const action = modelActions.find((name) => name === path.slice(end + 1));
  return action === undefined || end < 1
    ? { model: path, action: null }
    : { model: path.slice(0, end), action };
}

/** The refusal of a method, with the header that names the right ones. */
export function wrongMethod(reply: FastifyReply, method: string, allowed: readonly string[]): ImpetusError {
  const answered = allowed.join(', ');
  void reply.header('allow', answered);
  return new ImpetusError('method_not_allowed', `This address answers to ${answered}, not to ${method}.`);
}
