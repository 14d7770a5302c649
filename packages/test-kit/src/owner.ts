/** The owner of every agent that tests start. */
export const owner = { name: 'Owner', password: 'tulips on the sill' } as const;

/** A cookie in the form that Playwright's contexts take. */
export interface BrowserCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly expires: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'Strict';
}

/** A browser that is signed in. */
export interface SignedInBrowser {
  /** For the Cookie header of a request. */
  readonly cookie: string;
  /** What such a request has to name where it changes something. */
  readonly origin: string;
  /** For a context of Playwright's. */
  readonly storageState: { cookies: BrowserCookie[]; origins: [] };
}

/** Signs a browser of the owner's in; where there is no owner yet, makes the account with the set-up code first. */
export async function signInAsOwner(
  http: string,
  setup: { readonly code: string } | null,
): Promise<SignedInBrowser> {
  const { port } = new URL(http);
  const origin = `http://localhost:${port}`;
  const [procedure, input] =
    setup === null ? ['session.signIn', owner] : ['setup.finish', { ...owner, code: setup.code }];
  const response = await fetch(`${http}/trpc/${procedure}`, {
    method: 'POST',
    headers: { origin: http, 'content-type': 'application/json' },
    body: JSON.stringify({ ...input, deviceName: 'Test browser', deviceKind: 'desktop' }),
  });
  if (!response.ok) throw new Error(`The owner could not be signed in: ${await response.text()}`);
  const [cookie = ''] = response.headers.getSetCookie().map((header) => header.split(';', 1)[0] ?? '');
  const at = cookie.indexOf('=');
  return {
    cookie,
    origin,
    storageState: {
      cookies: [
        {
          name: cookie.slice(0, at),
          value: cookie.slice(at + 1),
          domain: 'localhost',
          path: '/',
          expires: Math.floor(Date.now() / 1_000) + 86_400,
          httpOnly: true,
          secure: false,
          sameSite: 'Strict',
        },
      ],
      origins: [],
    },
  };
}
