import { session } from '../../state/session.ts';
import { isUntrusted } from '../../state/worker-trust.ts';
import type { Standing } from './connection-words.ts';

/** How this device stands to the Mac, apart from the network. */
export function standing(): Standing {
  return { isSignedOut: session().kind === 'out', isUntrusted: isUntrusted() };
}
