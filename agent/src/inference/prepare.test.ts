import type { Generation, PromptMessage } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { prepareGeneration, withoutChangingLines } from './prepare.ts';

const system = (content: string): PromptMessage => ({ role: 'system', content });
const user = (content: string): PromptMessage => ({ role: 'user', content });
const billing = 'x-anthropic-billing-header: cc_version=2.1.42; cc_entrypoint=cli; cch=0f3a9;';

const chat = (...messages: PromptMessage[]): Generation => ({
  prompt: { kind: 'chat', messages },
  sampling: {},
  maxTokens: null,
  stop: [],
});

const messagesOf = ({ prompt }: Generation) => (prompt.kind === 'chat' ? prompt.messages : null);

describe('sampling', () => {
  const settings = { sampling: { temperature: 0.2, topK: 5, seed: 7 }, systemPrompt: null };

  it('fills in what the request did not say', () => {
    const asked = { ...chat(user('Hi')), sampling: { temperature: 0, topP: 0.5 } };
    expect(prepareGeneration(asked, settings).sampling).toEqual({
      temperature: 0,
      topP: 0.5,
      topK: 5,
      seed: 7,
    });
  });

  it('fills it in for texts and tokens too, which are left as they are', () => {
    const prompt = { kind: 'text', text: `${billing}\nOnce` } as const;
    const prepared = prepareGeneration({ ...chat(), prompt }, { ...settings, systemPrompt: 'Be kind.' });
    expect(prepared.sampling).toEqual(settings.sampling);
    expect(prepared.prompt).toEqual(prompt);
  });
});

describe('the owner’s system prompt', () => {
  const prepared = (systemPrompt: string | null, ...messages: PromptMessage[]) =>
    messagesOf(prepareGeneration(chat(...messages), { sampling: {}, systemPrompt }));

  it.each([
    ['comes first where there was none', 'Be kind.', [user('Hi')], [system('Be kind.'), user('Hi')]],
    [
      'stands before the one that came, with a blank line between',
      'Be kind.',
      [system('You are a pirate.'), user('Hi')],
      [system('Be kind.\n\nYou are a pirate.'), user('Hi')],
    ],
    ['replaces an empty one', 'Be kind.', [system(''), user('Hi')], [system('Be kind.'), user('Hi')]],
    [
      'leaves later system messages alone',
      'Be kind.',
      [user('Hi'), system('Later.')],
      [system('Be kind.'), user('Hi'), system('Later.')],
    ],
    ['is nothing where it is blank', ' \n', [user('Hi')], [user('Hi')]],
    ['is nothing where there is none', null, [system('A'), user('Hi')], [system('A'), user('Hi')]],
    [
      'comes before what is left without a changing line',
      'Be kind.',
      [system(`${billing}\nYou are Claude Code.`), user('Hi')],
      [system('Be kind.\n\nYou are Claude Code.'), user('Hi')],
    ],
    [
      'takes the place of a changing line that was alone',
      'Be kind.',
      [system(billing), user('Hi')],
      [system('Be kind.'), user('Hi')],
    ],
  ] as const)('%s', (_, systemPrompt, messages, expected) => {
    expect(prepared(systemPrompt, ...messages)).toEqual(expected);
  });

  it.each(['Be kind.', 'Be kind.\n\nAlways.', billing])('is not repeated: %j', (systemPrompt) => {
    const settings = { sampling: { topK: 1 }, systemPrompt };
    const once = prepareGeneration(chat(system(`${billing}\n\nA`), user('Hi')), settings);
    expect(prepareGeneration(once, settings)).toEqual(once);
  });
});

describe('withoutChangingLines', () => {
  it.each([
    ['drops the line', `${billing}\nYou are Claude Code.`, 'You are Claude Code.'],
    ['keeps a blank line behind it', `${billing}\n\nYou are.`, '\nYou are.'],
    ['ends a line at CR LF too', `${billing}\r\nYou are.`, 'You are.'],
    ['does not mind the case', 'X-Anthropic-Billing-Header: cch=1;\nYou are.', 'You are.'],
    ['drops several', `${billing}\n${billing}\nYou are.`, 'You are.'],
    ['keeps one that is not the first', `You are.\n${billing}\nMore.`, `You are.\n${billing}\nMore.`],
    [
      'keeps a line that only looks like it',
      'x-anthropic-billing-headers: 1\nA',
      'x-anthropic-billing-headers: 1\nA',
    ],
    [
      'keeps a sentence about it',
      'The x-anthropic-billing-header: is odd.',
      'The x-anthropic-billing-header: is odd.',
    ],
    ['keeps an empty prompt', '', ''],
  ])('%s', (_, before, after) => {
    const messages = [system(before), user('Hi')];
    const result = withoutChangingLines(messages);
    expect(result).toEqual([system(after), user('Hi')]);
    expect(withoutChangingLines(result)).toEqual(result);
  });

  it('makes the prompts of two requests the same', () => {
    const request = (cch: string) =>
      withoutChangingLines([system(`x-anthropic-billing-header: cch=${cch};\nRules.`), user('Hi')]);
    expect(request('00000')).toEqual(request('fffff'));
  });

  it('drops a message that held nothing else, and goes on with the next', () => {
    const result = withoutChangingLines([system(billing), system(`${billing}\nRules.`), user('Hi')]);
    expect(result).toEqual([system('Rules.'), user('Hi')]);
  });

  it('finds the first system message behind others', () => {
    expect(withoutChangingLines([user('Hi'), system(`${billing}\nRules.`)])).toEqual([
      user('Hi'),
      system('Rules.'),
    ]);
  });

  it('never touches what a user wrote', () => {
    const messages = [
      user(`${billing}\nWhat is this line?`),
      { role: 'assistant', content: billing } as const,
    ];
    expect(withoutChangingLines(messages)).toBe(messages);
  });

  it('leaves later system messages alone', () => {
    const messages = [system('Rules.'), user('Hi'), system(`${billing}\nMore.`)];
    expect(withoutChangingLines(messages)).toBe(messages);
  });
});
