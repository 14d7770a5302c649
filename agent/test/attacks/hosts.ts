import type { Attack } from './attack.ts';

const group = 'Host';

const visit = (name: string, path: string, host: string): Attack => ({
  group,
  name,
  run: (target) => target.send(path, { headers: { host } }),
  status: 421,
  audited: 'access',
});

export const hosts: readonly Attack[] = [
  visit('a foreign name that was made to resolve here (DNS rebinding), the page', '/', 'evil.example'),
  visit('… the management', '/trpc/models.list', 'evil.example'),
  visit('… the model endpoint', '/v1/models', 'evil.example'),
  visit('a name that contains one of ours', '/', 'localhost.evil.example:8080'),
  visit('our name with another port', '/', 'localhost:1'),
  visit('our name with a user before it', '/', 'localhost@evil.example'),
  {
    group,
    name: 'a foreign name with the owner’s cookie',
    run: (target) =>
      target.send('/trpc/keys.list', { headers: { ...target.signedIn(), host: 'evil.example' } }),
    status: 421,
    audited: 'access',
  },
  {
    group,
    name: 'a WebSocket under a foreign name',
    run: (target) => target.upgrade('/trpc', { ...target.signedIn(), host: 'evil.example' }),
    status: 421,
    audited: 'access',
  },
];
