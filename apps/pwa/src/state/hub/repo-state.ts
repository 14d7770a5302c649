import type { HubCard, HubFit, HubRepoDetail } from '@impetus/contracts/hub';
import { createEffect, createSignal, on, type Accessor } from 'solid-js';
import { createStore } from 'solid-js/store';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { isConnected } from '../connection.ts';

/** What was looked at stays readable while the Mac is away, as long as this page is open. */
const details = new Map<string, HubRepoDetail>();
const cards = new Map<string, HubCard>();

export interface RepoState {
  readonly detail: Accessor<HubRepoDetail | null>;
  readonly failure: Accessor<Failure | null>;
  readonly card: Accessor<HubCard | null>;
  readonly cardFailure: Accessor<Failure | null>;
  readonly reload: () => void;
}

/** Follows one repo: what it holds, and its card. */
export function useRepo(repo: Accessor<string>): RepoState {
  const [detail, setDetail] = createSignal<HubRepoDetail | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [card, setCard] = createSignal<HubCard | null>(null);
  const [cardFailure, setCardFailure] = createSignal<Failure | null>(null);

  const ask = async (name: string): Promise<void> => {
    setDetail(details.get(name) ?? null);
    setCard(cards.get(name) ?? null);
    setFailure(null);
    setCardFailure(null);
    if (!isConnected()) return;
    await Promise.all([
      api.hub.repo.query({ repo: name }).then(
        (answer) => {
          details.set(name, answer);
          if (repo() === name) setDetail(answer);
        },
        (error: unknown) => {
          if (repo() === name && !isConnectionLoss(error)) {
            setFailure(toFailure(error, `${name} could not be read.`));
          }
        },
      ),
      api.hub.card.query({ repo: name }).then(
        (answer) => {
          cards.set(name, answer);
          if (repo() === name) setCard(answer);
        },
        (error: unknown) => {
          if (repo() === name && !isConnectionLoss(error)) {
            setCardFailure(toFailure(error, 'Its card could not be read.'));
          }
        },
      ),
    ]);
  };
  createEffect(on([repo, isConnected], ([name]) => void ask(name)));
  return { detail, failure, card, cardFailure, reload: () => void ask(repo()) };
}

/** `asking`: it is being found out; a failure says why it is not known. */
export type FitState = HubFit | Failure | 'asking';

export function isFit(state: FitState | undefined): state is HubFit {
  return typeof state === 'object' && 'verdict' in state;
}

const [fits, setFits] = createStore<Record<string, FitState>>({});
const line: { readonly key: string; readonly run: () => Promise<void> }[] = [];
/** Each reads a header over the network: a few at a time. */
const atOnce = 2;
let running = 0;

function keyOf(repo: string, revision: string, quant: string, contextSize: number | null): string {
  return [repo, revision, quant, contextSize ?? ''].join(' ');
}

async function work(): Promise<void> {
  if (running >= atOnce) return;
  const next = line.shift();
  if (next === undefined) return;
  running += 1;
  await next.run();
  running -= 1;
  void work();
}

/** What a quant would take here; it is asked for once, those that are waited for first. */
export function fitOf(
  repo: string,
  revision: string,
  quant: string,
  contextSize: number | null = null,
): FitState | undefined {
  return fits[keyOf(repo, revision, quant, contextSize)];
}

export function askFit(
  repo: string,
  revision: string,
  quant: string,
  contextSize: number | null = null,
): void {
  const key = keyOf(repo, revision, quant, contextSize);
  const known = fits[key];
  if (known === 'asking' || isFit(known) || !isConnected()) return;
  setFits(key, 'asking');
  const run = async (): Promise<void> => {
    try {
      const input = { repo, revision, key: quant, ...(contextSize !== null && { contextSize }) };
      setFits(key, await api.hub.fit.query(input));
    } catch (error) {
      setFits(key, toFailure(error, 'It is not known whether it fits.'));
    }
  };
  // A context that someone tries out is wanted now.
  if (contextSize === null) line.push({ key, run });
  else line.unshift({ key, run });
  void work();
}
