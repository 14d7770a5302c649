import { ImpetusError, type ErrorCode } from '@impetus/contracts';
import { HubError, type HubErrorKind } from '@impetus/hub';

const codes: Readonly<Record<HubErrorKind, ErrorCode>> = {
  unreachable: 'hub_unavailable',
  'bad-answer': 'hub_unavailable',
  unavailable: 'hub_unavailable',
  'rate-limited': 'rate_limited',
  'not-found': 'not_found',
  token: 'hub_access',
  access: 'hub_access',
};

/** What to do, where the Hub's refusal does not say. */
function advice({ kind, code, retryAfterSeconds }: HubError): string {
  if (kind === 'rate-limited')
    return retryAfterSeconds === undefined
      ? ' Try again in a minute.'
      : ` Try again in ${retryAfterSeconds} s.`;
  if (code === 'GatedRepo') return ' Open it on the Hub, agree to its terms, and give the agent your token.';
  if (kind === 'access') return ' Check the name; a private or gated repo needs a token that may read it.';
  if (kind === 'token') return ' Copy it again from the Hub’s settings.';
  return kind === 'unavailable' ? ' Try again later.' : '';
}

/** Runs a request to the Hub; its refusals become errors that may be shown. */
export async function asking<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const { retryAfterSeconds } = error;
    throw new ImpetusError(codes[error.kind], error.message + advice(error), {
      cause: error,
      detail: error.code,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
}
