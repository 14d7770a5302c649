import { ImpetusError } from '@impetus/contracts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The origin of a server as it was typed; https where no scheme was. Tokens go over plain http to this computer alone. */
export function serverOrigin(typed: string): string {
  const address = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.parse(address);
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.username !== ''
  ) {
    throw new ImpetusError(
      'invalid_request',
      `“${typed}” is not the address of a server; one looks like https://impetus-k4rt.local:8443.`,
    );
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
    throw new ImpetusError(
      'invalid_request',
      `Over http what lets this computer in could be read by others. Use the https address of ${url.hostname}.`,
    );
  }
  return url.origin;
}
