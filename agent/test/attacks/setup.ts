import type { Attack } from './attack.ts';

const group = 'Set-up';
const account = { name: 'Stranger', password: 'a stranger at the door' };

export const setup: readonly Attack[] = [
  {
    group,
    name: 'a second owner for an agent that has one',
    run: (target) => target.call('setup.finish', { ...account, code: target.agent.setup?.code ?? '' }),
    status: 409,
    audited: 'setup.finish',
  },
  {
    group,
    name: 'a guessed code',
    run: (target) =>
      target.call('setup.finish', { ...account, code: 'aaaa-bbbb-cccc-dddd' }, {}, target.fresh),
    status: 403,
    audited: null,
  },
  {
    group,
    name: 'a foreign page with the right code',
    run: (target) =>
      target.call(
        'setup.finish',
        { ...account, code: target.fresh.setup?.code ?? '' },
        { origin: 'https://evil.example' },
        target.fresh,
      ),
    status: 403,
    audited: null,
  },
  {
    group,
    name: 'the right code with a password that anybody would try',
    run: (target) =>
      target.call(
        'setup.finish',
        { name: 'Stranger', password: 'password123', code: target.fresh.setup?.code ?? '' },
        {},
        target.fresh,
      ),
    status: 400,
    audited: null,
  },
  {
    group,
    name: 'managing an agent that has no owner yet, from its own page',
    run: (target) => target.call('keys.create', { name: 'Mine', scopes: ['admin'] }, {}, target.fresh),
    status: 401,
    audited: null,
  },
  {
    group,
    name: 'a WebSocket to it',
    run: (target) => target.send('/trpc/state.watch', {}, target.fresh),
    status: 401,
    audited: null,
  },
  {
    group,
    name: 'codes tried in bulk',
    run: async (target) => {
      const guess = (n: number) =>
        target.call('setup.finish', { ...account, code: `aaaa-bbbb-cccc-${n}` }, {}, target.fresh);
      const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => guess(n)));
      return answers.find(({ status }) => status === 429) ?? guess(31);
    },
    status: 429,
    audited: null,
  },
];
