import { randomUUIDv7 } from 'node:crypto';
import type { AgentSettings, Generation, RequestRecord } from '@impetus/contracts';
import type { Inference, InferenceRequest, RankingInput } from '../types.ts';
import { Account, type AccountListener } from './account.ts';
import { AccountedEvents } from './accounted-events.ts';
import type { RequestLimiter } from './limits/request-limiter.ts';
import { promptText } from './text/prompt-text.ts';

export interface AccountingOptions {
  readonly limiter: RequestLimiter;
  readonly settings: () => Pick<AgentSettings, 'captureText' | 'requestTimeoutSeconds'>;
  /** The id of the model that a request names by its id or an alias; undefined for one that there is not. */
  readonly modelIdOf: (name: string) => string | undefined;
  readonly listener: AccountListener;
}

/** Of a model's name that no model has, this much is kept. */
const longestName = 200;

type Input = Generation | RankingInput | readonly (string | number[])[];

/** An inference whose every request is held to its limits, timed, counted and recorded; the rest passes through. */
export function accountFor(inner: Inference, options: AccountingOptions): Inference {
  const open = (request: InferenceRequest<Input>, kind: RequestRecord['kind']) =>
    openAccount(request, kind, options);

  return {
    runners: () => inner.runners(),
    budget: () => inner.budget(),
    plan: (modelId, settings) => inner.plan(modelId, settings),
    planFile: (file, settings) => inner.planFile(file, settings),
    load: (modelId) => inner.load(modelId),
    unload: (modelId, how) => inner.unload(modelId, how),
    unloadAll: (how) => inner.unloadAll(how),
    stopGeneration: () => inner.stopGeneration(),

    generate: (request) =>
      new AccountedEvents(() => {
        const account = open(request, 'generation');
        try {
          const answer = inner.generate({ ...request, signal: account.signal });
          return { account, events: answer[Symbol.asyncIterator]() };
        } catch (error) {
          throw account.fail(error);
        }
      }),

    embed: async (request) =>
      accountOnce(open(request, 'embedding'), (admitted) => inner.embed({ ...request, ...admitted })),

    rank: async (request) =>
      accountOnce(open(request, 'embedding'), (admitted) => inner.rank({ ...request, ...admitted })),

    ask: (request) => inner.ask(request),

    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}

/** Throws what the request is refused with; that is on its account then. */
function openAccount(
  request: InferenceRequest<Input>,
  kind: RequestRecord['kind'],
  { limiter, settings, modelIdOf, listener }: AccountingOptions,
): Account {
  const { requester, origin, modelId, input, signal } = request;
  const account = new Account({
    facts: {
      id: randomUUIDv7(),
      startedAt: new Date().toISOString(),
      requesterId: requester.id,
      requesterName: requester.name,
      modelId: modelIdOf(modelId) ?? modelId.slice(0, longestName),
      ...origin,
      kind,
    },
    signal,
    timeoutSeconds: () => settings().requestTimeoutSeconds,
    prompt: settings().captureText ? () => promptText(input) : null,
    listener,
  });
  if (account.failure !== null) throw account.failure;
  try {
    account.atEnd(limiter.enter(requester));
  } catch (error) {
    throw account.fail(error);
  }
  return account;
}

/** Work that is answered at once; `run` gets what tells the account of it. */
async function accountOnce<Result extends { readonly promptTokens: number }>(
  account: Account,
  run: (admitted: Pick<InferenceRequest<unknown>, 'signal' | 'onAdmitted'>) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await run({ signal: account.signal, onAdmitted: () => account.admitted() });
    if (account.failure !== null) throw account.failure;
    account.embedded(result.promptTokens);
    return result;
  } catch (error) {
    throw account.fail(error);
  }
}
