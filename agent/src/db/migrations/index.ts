import type { Migration } from 'kysely/migration';
import { keysAndSettings } from './0001-keys-and-settings.ts';
import { modelSettings } from './0002-model-settings.ts';
import { requests } from './0003-requests.ts';
import { identity } from './0004-identity.ts';
import { grantsAndPasskeys } from './0005-grants-and-passkeys.ts';
import { library } from './0006-library.ts';
import { downloads } from './0007-downloads.ts';
import { responses } from './0008-responses.ts';
import { licences } from './0009-licences.ts';

/** Every migration there ever was, by the name that a database remembers it by. They run in this order. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-keys-and-settings': keysAndSettings,
  '0002-model-settings': modelSettings,
  '0003-requests': requests,
  '0004-identity': identity,
  '0005-grants-and-passkeys': grantsAndPasskeys,
  '0006-library': library,
  '0007-downloads': downloads,
  '0008-responses': responses,
  '0009-licences': licences,
};
