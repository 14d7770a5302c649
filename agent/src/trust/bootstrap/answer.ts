import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthorityCertificate, TrustOrigin } from '@impetus/contracts';

export interface BootstrapContent {
  readonly authority: AuthorityCertificate | null;
  readonly origins: readonly TrustOrigin[];
  readonly computer: string;
}

export function answerBootstrap(
  _request: IncomingMessage,
  response: ServerResponse,
  { authority }: BootstrapContent,
): void {
  response.end(authority?.pem);
}
