import { expect, test } from 'vitest';
import { maxTopics } from './layout.ts';
import { topics } from './text.ts';
import { splitSentence } from './vocabulary.ts';

const rows = topics.flatMap(({ sentences }, topic) => sentences.map((row, place) => ({ topic, place, row })));
const tokens = (sentence: string): string[] => splitSentence(` ${sentence}`);

test('has one topic without keywords, and room for the others', () => {
  expect(topics[0]?.keywords).toEqual([]);
  expect(topics.length - 1).toBeLessThanOrEqual(maxTopics);
});

test('each keyword leads to one topic', () => {
  const keywords = topics.flatMap((topic) => topic.keywords);
  expect(keywords.filter((keyword, index) => keywords.indexOf(keyword) !== index)).toEqual([]);
});

test('each sentence is whole: it ends with a mark and has nothing that the vocabulary would lose', () => {
  for (const { row } of rows) {
    for (const sentence of row) {
      expect(tokens(sentence).join('')).toBe(` ${sentence}`);
      expect(sentence).toMatch(/[.!]$/u);
    }
  }
});

test('the first word of an answer belongs to one topic', () => {
  const topicsOf = Map.groupBy(
    rows
      .filter(({ place }) => place === 0)
      .flatMap(({ row, topic }) => row.map((sentence) => ({ sentence, topic }))),
    ({ sentence }) => tokens(sentence)[0],
  );
  for (const uses of topicsOf.values()) expect(new Set(uses.map(({ topic }) => topic)).size).toBe(1);
});

test('four tokens decide where in the text they are, so that no answer strays into another topic', () => {
  const places = new Map<string, Set<string>>();
  for (const { topic, place, row } of rows) {
    for (const sentence of row) {
      const all = tokens(sentence);
      for (let end = 4; end <= all.length; end += 1) {
        const context = all.slice(end - 4, end).join('');
        const next = end < all.length ? `${topic}.${place}` : `the end of ${topic}.${place}`;
        places.set(context, (places.get(context) ?? new Set()).add(next));
      }
    }
  }
  expect([...places].filter(([, where]) => where.size > 1)).toEqual([]);
});
