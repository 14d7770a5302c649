import { expect, test } from 'vitest';
import { modelIdOf, modelPath } from './model-path.ts';

test.each(['stories260K-chat-f32', 'owner/name:Q4_K_M', 'ein schönes Modell', '100%', 'a?b#c'])(
  'the path of %j leads back to it',
  (id) => {
    expect(modelPath(id).split('/')).toHaveLength(3);
    expect(modelIdOf(modelPath(id))).toBe(id);
  },
);

test('other paths are no model’s', () => {
  expect(modelIdOf('/models')).toBeNull();
  expect(modelIdOf('/models/')).toBeNull();
  expect(modelIdOf('/system')).toBeNull();
  expect(modelIdOf('/models/%')).toBe('%');
});
