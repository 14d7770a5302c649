import { expect, it } from 'vitest';
import { withKeepAlive } from './keep-alive.ts';

it('fills silence and loses nothing of what comes after it', async () => {
  const gate = Promise.withResolvers<void>();
  async function* source() {
    yield 'a';
    await gate.promise;
    yield 'b';
  }
  const heard: string[] = [];
  for await (const text of withKeepAlive(source(), () => '.', 5)) {
    heard.push(text);
    if (heard.length === 3) gate.resolve();
  }
  expect(heard.slice(0, 3)).toEqual(['a', '.', '.']);
  expect(heard.filter((text) => text !== '.')).toEqual(['a', 'b']);
});

it('passes errors on', async () => {
  async function* source() {
    yield 'a';
    throw new Error('broken');
  }
  const reader = withKeepAlive(source(), () => '.', 1_000);
  expect((await reader.next()).value).toBe('a');
  await expect(reader.next()).rejects.toThrow('broken');
});
