import type { Attack } from './attack.ts';

const group = 'Password';

export const passwords: readonly Attack[] = [
  {
    group,
    name: 'a wrong one',
    run: (target) => target.call('session.signIn', { name: 'Owner', password: 'a stranger at the door' }),
    status: 401,
    audited: 'session.signIn',
  },
  {
    group,
    name: 'a name that nobody has',
    run: (target) => target.call('session.signIn', { name: 'Nobody', password: 'a stranger at the door' }),
    status: 401,
    audited: 'session.signIn',
  },
  {
    group,
    name: 'one of a million characters',
    run: (target) => target.call('session.signIn', { name: 'Owner', password: 'x'.repeat(1_000_000) }),
    status: 400,
    audited: 'session.signIn',
  },
  {
    group,
    name: 'changed with the cookie alone, without the old one',
    run: (target) =>
      target.call(
        'session.changePassword',
        { current: 'not the old one', next: 'roses in the garden' },
        target.signedIn(),
      ),
    status: 403,
    audited: 'session.changePassword',
  },
  {
    group,
    name: 'tried in bulk, side by side, at one account',
    run: async (target) => {
      const guess = (n: number) =>
        target.call('session.signIn', { name: 'Owner', password: `guess number ${n}` });
      const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n)));
      if (answers.some(({ status }) => status === 200)) throw new Error('A guess was right.');
      return guess(41);
    },
    status: 429,
    audited: 'session.signIn',
  },
  {
    group,
    name: 'the right one in the middle of a flood',
    run: async (target) => {
      await target.call('session.signIn', { name: 'Owner', password: 'one more guess' });
      return target.call('session.signIn', { name: 'Owner', password: 'tulips on the sill' });
    },
    status: 429,
    audited: 'session.signIn',
  },
];
