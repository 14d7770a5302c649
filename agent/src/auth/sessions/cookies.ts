import type { Via } from '../via.ts';

/**
 * The name of the session's cookie. Browsers keep a `__Host-` cookie to its host, to TLS and to what the host itself
 * sent. Plain http on loopback cannot have one; its name has the port, because cookies of different ports mix.
 */
export function cookieName(via: Via): string {
  if (via.secure) return '__Host-impetus';
  const [host = ''] = via.hosts;
  return `impetus-${/:(\d+)$/u.exec(host)?.[1] ?? '80'}`;
}

/** The session's token in a Cookie header. */
export function readCookie(via: Via, header: string | undefined): string | undefined {
  const name = cookieName(via);
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

const attributes = (via: Via) =>
  ['Path=/', 'HttpOnly', 'SameSite=Strict', ...(via.secure ? ['Secure'] : [])].join('; ');

/** A Set-Cookie header that carries a token. */
export function sessionCookie(via: Via, token: string, endsAt: Date): string {
  const maxAge = Math.max(0, Math.round((endsAt.getTime() - Date.now()) / 1_000));
  return `${cookieName(via)}=${token}; Max-Age=${maxAge}; ${attributes(via)}`;
}

/** A Set-Cookie header that takes it away. */
export function noCookie(via: Via): string {
  return `${cookieName(via)}=; Max-Age=0; ${attributes(via)}`;
}
