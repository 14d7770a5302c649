import type { AgentSettings } from '@impetus/contracts';
import type { ModelCatalogue } from '../../models/types.ts';
import type { Inference, Requester } from '../types.ts';
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
}

export interface Accounted {
  readonly inference: Inference;
  readonly metrics: Metrics;
}

/** Puts every request of an inference on account: limits, timeout, record and metrics. */
export function putOnAccount(
  inner: Inference,
  { catalogue, requests, settings }: AccountingParts,
): Accounted {
  const metrics = new AgentMetrics({
    isModel: (id) => catalogue.find(id)?.id === id,
    requests: () => requests.counts(),
    runners: () => inner.runners(),
    budget: () => inner.budget(),
  });
  const inference = accountFor(inner, {
    limiter: new RequestLimiter({ limitsOf: (requester) => limitsOf(requester, settings()) }),
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

/** The same for all requesters, the chat page and the command line among them. */
function limitsOf(_: Requester, settings: AgentSettings): RequestLimits {
  return { concurrency: settings.concurrencyPerKey, requestsPerMinute: settings.requestsPerMinutePerKey };
}
