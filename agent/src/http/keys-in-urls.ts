import { ImpetusError } from '@impetus/contracts';

const keyNames = /[?&](?:api[-_]?key|key|access[-_]?token|token|authorization)=/iu;
const ownKey = /imp_[a-z2-9]{10}_[0-9a-f]{64}/u;

/** Addresses end up in histories, logs and proxies: a key in one is refused, and counts as nothing. */
export function refuseKeyInUrl(url: string): void {
  if (!keyNames.test(url) && !ownKey.test(url)) return;
  throw new ImpetusError(
    'invalid_request',
    'A key has no place in an address, where others can read it. Send it as “Authorization: Bearer imp_…”, and replace the key if it was a real one.',
  );
}
