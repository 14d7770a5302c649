import { randomUUID } from 'node:crypto';
import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import { rerankBody, type RerankBody } from '@impetus/contracts/rerank';
import type { FastifyInstance } from 'fastify';
import type { RankingResult } from '../../inference/types.ts';
import type { Services } from '../../services.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import { requireKeys } from '../authenticate.ts';

/** Jina's and Cohere's path, and those of llama.cpp's server. */
const paths = ['/v1/rerank', '/v1/reranking', '/rerank', '/reranking'];

/** POST /v1/rerank: documents in the order in which they answer a query. */
export function registerRerank(app: FastifyInstance, { access, catalogue, inference }: Services): void {
  requireKeys(app, access);
  for (const path of paths) {
    app.post(path, { bodyLimit: promptBodyLimit }, async (request, reply) => {
      const body = parseBody(rerankBody, request.body);
      refuseOthers(catalogue.find(body.model));
      const result = await inference.rank({
        modelId: body.model,
        requester: requesterOf(request),
        origin: { dialect: 'llamacpp', endpoint: path, streamed: false },
        input: { query: textOf(body.query), documents: body.documents.map(textOf) },
        signal: clientSignal(reply.raw),
      });
      return { id: randomUUID(), model: body.model, object: 'list', ...toRanking(body, result) };
    });
  }
}

/** The best first; of equals the earlier one. */
export function toRanking(
  {
    documents,
    top_n: most,
    return_documents: returned,
  }: Pick<RerankBody, 'documents' | 'top_n' | 'return_documents'>,
  { scores, promptTokens }: RankingResult,
) {
  const results = scores
    .map((score, index) => ({
      index,
      relevance_score: score,
      ...(returned === true && { document: { text: textOf(documents[index] ?? '') } }),
    }))
    .toSorted((a, b) => b.relevance_score - a.relevance_score)
    .slice(0, most ?? documents.length);
  return { results, usage: { prompt_tokens: promptTokens, total_tokens: promptTokens } };
}

function textOf(text: RerankBody['query']): string {
  return typeof text === 'string' ? text : text.text;
}

/** A model that cannot is not loaded to say so. */
function refuseOthers(entry: ModelEntry | undefined): void {
  if (entry === undefined || entry.problem !== null || entry.capabilities.includes('rerank')) return;
  throw new ImpetusError(
    'invalid_request',
    `${entry.name} does not score documents. Choose a reranking model, such as a GGUF of Qwen3-Reranker or bge-reranker.`,
    { param: 'model', detail: 'invalid_value' },
  );
}
