import { connect, type DetailedPeerCertificate } from 'node:tls';
import { isIP } from 'node:net';

const patienceMs = 4000;

export interface Call {
  /** Where the connection goes. */
  readonly address: string;
  readonly port: number;
  /** What the certificate has to be for. */
  readonly host: string;
  /** The root that devices install; null checks against those that this computer trusts. */
  readonly root: string | null;
  /** Of the certificates that this agent shows. */
  readonly fingerprints: readonly string[];
}

export interface DialResult {
  readonly reachable: boolean;
  readonly problem: string | null;
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers there.',
  EHOSTUNREACH: 'This computer has no way to that address.',
  ENETUNREACH: 'This computer has no way to that address.',
  ECONNRESET: 'The connection was cut off.',
  ETIMEDOUT: 'Nothing answered in time; a firewall may be in the way.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is not for this address.',
  CERT_HAS_EXPIRED: 'The certificate has ended.',
};

/** A certificate that this computer does not trust may be one that devices do: of a company, for instance. */
const untrusted =
  'This computer does not know who issued the certificate; devices need that authority installed.';

const plain = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase();

/** Connects as a device would, with the whole check of the certificate, and says in plain words what was wrong. */
export function dial({ address, port, host, root, fingerprints }: Call): Promise<DialResult> {
  return new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      servername: isIP(host) === 0 ? host : '',
      ...(root !== null && { ca: root }),
      // Judged below, so that what was found can be told.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      timeout: patienceMs,
    });
    const end = (result: DialResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('timeout', () => end({ reachable: false, problem: words['ETIMEDOUT'] ?? null }));
    socket.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      end({ reachable: false, problem: words[code ?? ''] ?? `The connection failed (${code ?? message}).` }),
    );
    socket.once('secureConnect', () =>
      end(judge(socket.getPeerCertificate(true), socket.authorizationError)),
    );
  });

  function judge(peer: DetailedPeerCertificate, refusal: Error | string | undefined): DialResult {
    if (!fingerprints.includes(plain(peer.fingerprint256))) {
      return { reachable: false, problem: 'Another program answers there, with a certificate of its own.' };
    }
    if (!refusal) return { reachable: true, problem: null };
    const code = typeof refusal === 'string' ? refusal : ((refusal as NodeJS.ErrnoException).code ?? '');
    const known = words[code];
    return { reachable: root === null && known === undefined, problem: known ?? untrusted };
  }
}
