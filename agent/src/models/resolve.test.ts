import { describe, expect, it } from 'vitest';
import { resolveModel, unknownModel } from './resolve.ts';

const aliases = new Map([
  ['fast', 'small'],
  ['small', 'big'],
  ['lost', 'gone'],
]);

const names = (defaultModel: string | null = null, ids = ['small', 'big']) => ({
  exists: (id: string) => ids.includes(id),
  modelOf: (alias: string) => aliases.get(alias),
  defaultModel: () => defaultModel,
});

describe('resolveModel', () => {
  it.each([
    ['an id', 'big', null, 'big'],
    ['an alias', 'fast', null, 'small'],
    ['an id before an alias of the same name', 'small', null, 'small'],
    ['the default', 'default', 'big', 'big'],
    ['no default', 'default', null, undefined],
    ['a default that is gone', 'default', 'gone', undefined],
    ['an alias of a model that is gone', 'lost', null, undefined],
    ['an alias in another case', 'Fast', null, undefined],
    ['a name that means nothing', 'x', 'big', undefined],
  ])('finds %s', (_, name, defaultModel, id) => {
    expect(resolveModel(name, names(defaultModel))).toBe(id);
  });

  it('prefers a model that is called default', () => {
    expect(resolveModel('default', names('big', ['default', 'big']))).toBe('default');
  });
});

describe('unknownModel', () => {
  it.each([
    ['x', null, /^There is no model "x" here/u],
    ['default', null, /^No default model is chosen/u],
    ['default', 'gone', /^"default" means the model gone, which is not in the library/u],
    ['lost', null, /^"lost" means the model gone, which is not in the library/u],
  ])('says what %s with the default %s lacks', (name, defaultModel, words) => {
    const error = unknownModel(name, names(defaultModel));
    expect(error).toMatchObject({ code: 'model_not_found', param: 'model' });
    expect(error.message).toMatch(words);
  });
});
