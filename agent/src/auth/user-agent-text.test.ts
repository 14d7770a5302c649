import { expect, it } from 'vitest';
import { plainUserAgent } from './user-agent-text.ts';

it('is one short line that no terminal obeys', () => {
  expect(plainUserAgent('Mozilla/5.0 (iPhone)')).toBe('Mozilla/5.0 (iPhone)');
  expect(plainUserAgent('curl\u009b2J\u001b[2J\tx')).toBe('curl2J[2Jx');
  expect(plainUserAgent('x'.repeat(1000))).toHaveLength(300);
  expect(plainUserAgent(null)).toBe('');
});
