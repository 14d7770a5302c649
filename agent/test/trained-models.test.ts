import { needsSharedModels, sharedModels, startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

interface Listed {
  readonly id: string;
  readonly problem: string | null;
}

describe.skipIf(sharedModels === null)(`trained models${needsSharedModels}`, () => {
  it('lists, loads and runs them, and says what the other files are', async () => {
    await using home = await temporaryFolder();
    await using agent = await startAgentProcess({ home: home.path, models: sharedModels ?? '' });
    const { key } = await agent.cli<{ key: string }>('keys', 'create', '--name', 'Test');
    const client = new OpenAI({ baseURL: `${agent.url}/v1`, apiKey: key, maxRetries: 0 });

    const listed = await agent.cli<Listed[]>('models', 'ls');
    const vocabularies = listed.filter(({ id }) => id.startsWith('ggml-vocab-'));
    expect(vocabularies).toHaveLength(3);
    for (const { problem } of vocabularies) expect(problem).toMatch(/vocabulary and no weights/u);
    const answering = (await client.models.list()).data.map(({ id }) => id);
    expect(answering).not.toContain('ggml-vocab-gpt-2');

    for (const model of ['stories260K-chat-f32', 'TinyStories-656K-chat-q8_0']) {
      expect(answering).toContain(model);
      const answer = await client.chat.completions.create({
        model,
        messages: [{ role: 'user', content: 'Once upon a time' }],
        temperature: 0,
        max_tokens: 60,
      });
      expect(answer.choices[0]?.message.content).toMatch(/\b(?:he|she|they|was|the)\b/iu);
      expect(answer.usage?.completion_tokens).toBeGreaterThan(20);
    }

    await expect(
      client.chat.completions.create({
        model: 'ggml-vocab-gpt-2',
        messages: [{ role: 'user', content: 'Hello' }],
      }),
    ).rejects.toMatchObject({
      status: 400,
      code: 'model_unusable',
      message: expect.stringMatching(/vocabulary/u),
    });
  });
});
