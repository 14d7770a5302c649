import { memberToken, strangerToken, type Exchange, type HubState } from './state.ts';
import type { LocalRepo } from './repo.ts';

/** Refuses as the Hub does; true where it did. */
export function refuse(exchange: Exchange, repo: LocalRepo | undefined, wantsContent: boolean): boolean {
  const { token } = exchange;
  const known = token === memberToken || token === strangerToken;
  if (token !== null && !known) {
    return answer(exchange, 401, null, 'Invalid credentials in Authorization header');
  }
  // The Hub tells strangers nothing of what it has: a repo that is not there looks like a private one.
  if (repo === undefined || (repo.private === true && token !== memberToken)) {
    return answer(exchange, token === null ? 401 : 404, 'RepoNotFound', 'Repository not found');
  }
  if (wantsContent && repo.gated && token !== memberToken) {
    const message = `Access to model ${repo.id} is restricted.`;
    return answer(exchange, token === null ? 401 : 403, 'GatedRepo', message);
  }
  return false;
}

/** Sends whoever asks for a repo by the name that it had before on to the one that it has; true where it did. */
export function sendOn({ repos }: HubState, { response, url }: Exchange, id: string): boolean {
  const renamed = [...repos.values()].find(({ formerId }) => formerId === id);
  if (renamed === undefined) return false;
  response.writeHead(307, { location: url.pathname.replace(id, renamed.id) + url.search }).end();
  return true;
}

/** Too many requests, as the Hub says it: how many are left of its window, and when the next one begins. */
export function refuseForNow({ response }: Exchange, bucket: 'api' | 'resolvers', seconds = 1): void {
  response
    .writeHead(429, {
      ratelimit: `"${bucket}";r=0;t=${seconds}`,
      'ratelimit-policy': `"fixed window";"${bucket}";q=1000;w=300`,
    })
    .end();
}

export function notFound(exchange: Exchange, code: 'RevisionNotFound' | 'EntryNotFound'): void {
  answer(exchange, 404, code, code === 'EntryNotFound' ? 'Entry not found' : 'Invalid rev id');
}

function answer({ response }: Exchange, status: number, code: string | null, message: string): true {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-error-message': message,
    ...(code !== null && { 'x-error-code': code }),
  };
  response.writeHead(status, headers).end(JSON.stringify({ error: message }));
  return true;
}
