import type { AuditEntry, AuditOutcome } from '@impetus/contracts/audit';
import type { StateKind } from './state-kind.ts';

/** What was done, for those actions that have better words than their own. */
const actionWords: Readonly<Record<string, string>> = {
  access: 'Was not let in',
  'setup.finish': 'Made the owner’s account',
  'session.signIn': 'Signed in',
  'session.signOut': 'Signed out',
  'session.signOutEverywhere': 'Signed out everywhere',
  'session.revoke': 'Ended a session',
  'session.changePassword': 'Changed the password',
  'users.create': 'Made an account',
  'users.update': 'Changed an account',
  'users.remove': 'Removed an account',
  'users.resetPassword': 'Gave a one-time password',
  'devices.update': 'Changed a device',
  'devices.revoke': 'Revoked a device',
  'keys.create': 'Created a key',
  'keys.update': 'Changed a key',
  'keys.rotate': 'Gave a key a new secret',
  'keys.revoke': 'Revoked a key',
  'pairing.begin': 'Invited a device',
  'pairing.join': 'Showed a pairing code',
  'pairing.approve': 'Approved a device',
  'pairing.deny': 'Denied a device',
  'pairing.cancel': 'Took an invitation back',
  'pairing.claim': 'Came in as a new device',
  'oauth.approve': 'Let a program in',
  'oauth.deny': 'Denied a program',
  'oauth.revoke': 'Revoked a program',
  'passkeys.register': 'Added a passkey',
  'passkeys.remove': 'Removed a passkey',
  'passkeys.signIn': 'Signed in with a passkey',
  'models.load': 'Loaded a model',
  'models.unload': 'Unloaded a model',
  'models.unloadAll': 'Unloaded all models',
  'models.switchTo': 'Switched the model',
  'models.setDefault': 'Chose the default model',
  'models.updateSettings': 'Changed a model’s settings',
  'models.stopGeneration': 'Stopped all answers',
  'models.rescan': 'Read the models folder again',
  'models.remove': 'Removed a model',
  'settings.update': 'Changed settings',
  'requests.forgetText': 'Forgot the text of all requests',
};

/** `keys.create` in words; an action without words of its own is taken apart. */
export function auditWords(action: string): string {
  const known = actionWords[action];
  if (known !== undefined) return known;
  const [noun = action, ...verbs] = action.split('.');
  const verb = verbs.join(' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return [capital(noun), verb].filter(Boolean).join(': ');
}

/** The part of the agent that an action belongs to, as a filter names it. */
export function auditArea(action: string): string {
  return action.split('.', 1)[0] ?? action;
}

const areaWords: Readonly<Record<string, string>> = {
  access: 'Refused at the door',
  setup: 'Set-up',
  session: 'Sign-in and sessions',
  sessions: 'Sign-in and sessions',
  users: 'Accounts',
  devices: 'Devices',
  pairing: 'Adding devices',
  keys: 'Keys',
  oauth: 'Programs on other machines',
  passkeys: 'Passkeys',
  models: 'Models',
  settings: 'Settings',
  requests: 'Records',
  trust: 'Certificate',
};

export function areaName(area: string): string {
  return areaWords[area] ?? capital(area);
}

export const outcomeWords: Readonly<
  Record<AuditOutcome, { readonly kind: StateKind; readonly words: string }>
> = {
  done: { kind: 'done', words: 'Done' },
  refused: { kind: 'cancelled', words: 'Refused' },
  failed: { kind: 'failed', words: 'Failed' },
};

/** Who did it, and how often where it was tried in a row. */
export function whoWords({ who, count }: Pick<AuditEntry, 'who' | 'count'>): string {
  const name = who?.name ?? 'Nobody known';
  return count > 1 ? `${name}, ${count} times` : name;
}

/** A plain fact of an entry, in words. */
export function detailWords(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(detailWords).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The name of a fact, taken apart: `guestUntil` reads Guest until. */
export function detailName(name: string): string {
  return capital(
    name.replaceAll(
      /([a-z\d])([A-Z])/g,
      (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
    ),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
