import {
  ImpetusError,
  repoSchema,
  toImpetusError,
  type Download,
  type HubRepoDetail,
} from '@impetus/contracts';
import { ollamaPullBody } from '@impetus/contracts/ollama';
import type { FastifyInstance } from 'fastify';
import { chooseQuant } from '../../../downloads/choose-quant.ts';
import type { Services } from '../../../services.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { jsonLine, sendJsonLines } from '../../../wire/ndjson.ts';
import { parseBody } from '../../../wire/validation.ts';
import { ollamaErrorBody } from '../errors.ts';
import { findModel, hubName, namedIn, type HubName } from '../names.ts';
import { followDownload } from './follow-download.ts';
import { begun, statusesOf, success, type PullStatus } from './pull-progress.ts';

type Digests = ReadonlyMap<string, string>;

interface Pull {
  readonly download: Download;
  readonly digests: Digests;
}

/** POST /api/pull: a download by the agent's queue, which goes on when the client leaves. */
export function registerPull(app: FastifyInstance, services: Services): void {
  const { catalogue, downloads, feed, hub } = services;

  app.post('/api/pull', { config: { scope: 'download' } }, async (request, reply) => {
    const body = parseBody(ollamaPullBody, request.body);
    const pull = await begin(namedIn(body));
    const statuses = progress(pull, clientSignal(reply.raw));
    if (body.stream !== false) return sendJsonLines(reply, inLines(statuses), () => begun);
    let last: PullStatus = success;
    for await (const status of statuses) last = status;
    return last;
  });

  /** Null: the model is in the library. */
  async function begin(name: string): Promise<Pull | null> {
    const wanted = hubName(name);
    if (wanted === null) {
      if (findModel(catalogue, name)?.problem === null) return null;
      throw noHubName(name);
    }
    const { repo, quant } = checked(wanted, name);
    const detail = await hub.repo({ repo });
    if (detail.access === 'open' && chooseQuant(detail, quant ?? undefined).modelId !== null) return null;
    const download = await downloads.add({ repo, key: quant ?? undefined, priority: 'normal' });
    return { download, digests: digestsOf(detail) };
  }

  async function* progress(pull: Pull | null, signal: AbortSignal): AsyncGenerator<PullStatus, void> {
    yield begun;
    if (pull !== null) {
      let told = '';
      for await (const download of followDownload(feed, pull.download, signal)) {
        const statuses = statusesOf(download, pull.digests);
        const text = JSON.stringify(statuses);
        if (text !== told) yield* statuses;
        told = text;
      }
      if (signal.aborted) return;
    }
    yield success;
  }
}

async function* inLines(statuses: AsyncIterable<PullStatus>): AsyncGenerator<string, void> {
  try {
    for await (const status of statuses) yield jsonLine(status);
  } catch (error) {
    yield jsonLine(ollamaErrorBody(toImpetusError(error)));
  }
}

function checked(wanted: HubName, name: string): HubName {
  if (repoSchema.safeParse(wanted.repo).success) return wanted;
  throw noHubName(name);
}

function digestsOf({ quants }: HubRepoDetail): Digests {
  return new Map(
    quants
      .flatMap(({ files }) => files)
      .flatMap(({ path, sha256 }) => (sha256 === null ? [] : [[path, `sha256:${sha256}`] as const])),
  );
}

function noHubName(name: string): ImpetusError {
  return new ImpetusError(
    'model_not_found',
    `"${name.slice(0, 200)}" is not here, and models are pulled from the Hub alone: name one as hf.co/owner/name:quant, such as hf.co/ggml-org/gemma-3-1b-it-GGUF:Q4_K_M.`,
    { param: 'model' },
  );
}
