import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthorityCertificate } from '@impetus/contracts';
import { derOf, mobileConfig } from './mobileconfig.ts';
import { bootstrapPage, bootstrapPolicy } from './page.ts';
import { detectPlatform } from './platforms.ts';

export interface BootstrapContent {
  readonly computer: string;
  readonly authority: AuthorityCertificate;
  /** The https origins, the best one first. */
  readonly origins: readonly string[];
  /** The values of a Host header under which it answers. */
  readonly hosts: ReadonlySet<string>;
}

/** What is looked at in a request: nothing else of it is read. */
export interface BootstrapRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly userAgent: string;
}

export interface BootstrapAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const text = 'text/plain; charset=utf-8';

const file = (name: string, type: string, body: string | Buffer): BootstrapAnswer => ({
  status: 200,
  type,
  body,
  headers: { 'content-disposition': `attachment; filename="${name}"` },
});

/** The closed list of what there is. */
const contents: Readonly<
  Record<string, (content: BootstrapContent, request: BootstrapRequest) => BootstrapAnswer>
> = {
  '/': ({ computer, authority, origins }, { url, userAgent }) => ({
    status: 200,
    type: 'text/html; charset=utf-8',
    body: bootstrapPage({
      computer,
      authority,
      origins,
      platform: /[?&]for=([a-z]+)/.exec(url)?.[1] ?? detectPlatform(userAgent),
    }),
  }),
  '/impetus.crt': ({ authority }) => file('impetus.crt', 'application/x-x509-ca-cert', derOf(authority.pem)),
  '/impetus.pem': ({ authority }) => file('impetus.pem', 'application/x-pem-file', authority.pem),
  // Without a disposition: Safari on iOS takes it as a profile by its type.
  '/impetus.mobileconfig': ({ authority, computer }) => ({
    status: 200,
    type: 'application/x-apple-aspen-config',
    body: mobileConfig(authority, computer),
  }),
};

/** Decides what a request gets: the page, the certificate in its three forms, or nothing. */
export function decideAnswer(content: BootstrapContent, request: BootstrapRequest): BootstrapAnswer {
  if (!content.hosts.has(request.host.toLowerCase())) {
    return { status: 421, type: text, body: 'The agent does not answer to this name here.\n' };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return {
      status: 405,
      type: text,
      body: 'Here is only something to read.\n',
      headers: { allow: 'GET, HEAD' },
    };
  }
  const path = request.url.split('?', 1)[0] ?? '';
  const answer = Object.hasOwn(contents, path) ? contents[path] : undefined;
  return (
    answer?.(content, request) ?? { status: 404, type: text, body: 'There is nothing at this address.\n' }
  );
}

/** Answers over plain http: no cookie is read or set, nothing is kept, nothing of the request is repeated. */
export function answerBootstrap(
  request: IncomingMessage,
  response: ServerResponse,
  content: BootstrapContent,
): void {
  const { method = 'GET', url = '/', headers } = request;
  const { host = '', 'user-agent': userAgent = '' } = headers;
  const { status, type, body, headers: more } = decideAnswer(content, { method, url, host, userAgent });
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': bootstrapPolicy(content.origins),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...more,
  });
  response.end(method === 'HEAD' ? undefined : body);
}
