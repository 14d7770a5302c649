import { rerankBody } from '@impetus/contracts/rerank';
import { expect, it } from 'vitest';
import { toRanking } from './index.ts';

const body = (more: object) =>
  rerankBody.parse({ model: 'm', query: 'q', documents: ['a', { text: 'b' }, 'c'], ...more });
const result = { scores: [0.2, 0.9, 0.2], promptTokens: 12 };

it('sorts by score, keeps the places of the documents, and counts', () => {
  expect(toRanking(body({}), result)).toEqual({
    results: [
      { index: 1, relevance_score: 0.9 },
      { index: 0, relevance_score: 0.2 },
      { index: 2, relevance_score: 0.2 },
    ],
    usage: { prompt_tokens: 12, total_tokens: 12 },
  });
});

it('gives so many as are asked for, with their texts where those are', () => {
  const { results } = toRanking(body({ top_n: 2, return_documents: true }), result);
  expect(results).toEqual([
    { index: 1, relevance_score: 0.9, document: { text: 'b' } },
    { index: 0, relevance_score: 0.2, document: { text: 'a' } },
  ]);
});
