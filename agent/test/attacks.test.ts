import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacks } from './attacks/index.ts';
import { runAttack } from './attacks/run.ts';
import { openTarget, type Target } from './attacks/target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target[Symbol.asyncDispose]());

describe('attacks', () => {
  it.each(attacks.map((attack) => [attack.group, attack.name, attack] as const))(
    '%s: %s',
    async (_group, _name, attack) => {
      const { answer, audited, unchanged } = await runAttack(target, attack);
      expect([answer.status, { audited, unchanged }, answer.body]).toEqual([
        attack.status,
        { audited: true, unchanged: true },
        answer.body,
      ]);
      // Nothing of the inside is shown to whoever was refused.
      expect(answer.body).not.toMatch(/\.ts:|node_modules|at Object\./u);
    },
  );

  it('are many, and leave the agent as well as before', async () => {
    expect(attacks.length).toBeGreaterThanOrEqual(40);
    expect(target.agent.stderr()).toBe('');
    expect((await target.send('/trpc/keys.list', { headers: target.signedIn() })).status).toBe(200);
  });
});
