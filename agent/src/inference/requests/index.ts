import type { AgentSettings } from '@impetus/contracts';
import type { ModelCatalogue } from '../../models/types.ts';
import type { Inference } from '../types.ts';
import { accountFor } from './account-for.ts';
import type { RequestLimits } from './limits/limits.ts';
import { RequestLimiter } from './limits/request-limiter.ts';
import { AgentMetrics } from './metrics/agent-metrics.ts';
import type { StoredRequestLog } from './records/request-log.ts';
import type { Metrics } from './types.ts';

export { StoredRequestLog } from './records/request-log.ts';

export interface AccountingParts {
  readonly catalogue: ModelCatalogue;
  readonly requests: StoredRequestLog;
  readonly settings: () => AgentSettings;
  /** Those of a key that has its own. */
  readonly ownLimits: (requesterId: string) => RequestLimits | null;
}

export interface Accounted {
  readonly inference: Inference;
  readonly metrics: Metrics;
}

/** Puts every request of an inference on account: limits, timeout, record and metrics. */
export function putOnAccount(
  inner: Inference,
  { catalogue, requests, settings, ownLimits }: AccountingParts,
): Accounted {
  const metrics = new AgentMetrics({
    isModel: (id) => catalogue.find(id)?.id === id,
    requests: () => requests.counts(),
    runners: () => inner.runners(),
    budget: () => inner.budget(),
  });
  const inference = accountFor(inner, {
    limiter: new RequestLimiter({ limitsOf: ({ id }) => limitsOf(ownLimits(id), settings()) }),
    settings,
    modelIdOf: (name) => catalogue.find(name)?.id,
    listener: {
      opened: (account) => requests.opened(account),
      changed: (account) => requests.changed(account),
      ended(account) {
        requests.ended(account);
        metrics.ended(account);
      },
    },
  });
  return { inference, metrics };
}

/** A requester's own limits, and where it has none those of all, the chat page and the command line among them. */
function limitsOf(own: RequestLimits | null, settings: AgentSettings): RequestLimits {
  return {
    concurrency: own?.concurrency ?? settings.concurrencyPerKey,
    requestsPerMinute: own?.requestsPerMinute ?? settings.requestsPerMinutePerKey,
  };
}
