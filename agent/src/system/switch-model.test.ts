import { beforeEach, expect, it } from 'vitest';
import type { Services } from '../services.ts';
import { switchModel } from './switch-model.ts';

let current: string | null;
let load: PromiseWithResolvers<void>;
beforeEach(() => {
  current = 'before';
  load = Promise.withResolvers();
});

const services = {
  inference: { load: () => load.promise },
  settings: {
    defaultModel: () => current,
    setDefaultModel: async (id: string | null) => {
      current = id;
    },
  },
} as unknown as Pick<Services, 'inference' | 'settings'>;

it('sends new requests to the model before it is ready', async () => {
  const { ready } = await switchModel(services, 'after');
  expect(current).toBe('after');
  load.resolve();
  await ready;
  expect(current).toBe('after');
});

it('goes back when the model cannot be loaded', async () => {
  const { ready } = await switchModel(services, 'after');
  load.reject(new Error('no'));
  await expect(ready).rejects.toThrow('no');
  expect(current).toBe('before');
});

it('does not undo what was chosen in the meantime', async () => {
  const { ready } = await switchModel(services, 'after');
  current = 'later';
  load.reject(new Error('no'));
  await expect(ready).rejects.toThrow('no');
  expect(current).toBe('later');
});
