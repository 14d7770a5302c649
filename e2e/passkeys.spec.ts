import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** An authenticator inside Chromium, that always has its person at hand. */
async function virtualAuthenticator(page: Page): Promise<{ devtools: CDPSession; authenticatorId: string }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, authenticatorId };
}

interface Called {
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly message: string;
}

/** Calls a mutation as the page does, with its cookie and its Origin. */
function call(page: Page, procedure: string, input: object = {}): Promise<Called> {
  return page.evaluate(
    async ([name, body]) => {
      const response = await fetch(`/trpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { result, error } = (await response.json()) as {
        result?: { data: Record<string, unknown> };
        error?: { message: string };
      };
      return { status: response.status, data: result?.data ?? {}, message: error?.message ?? '' };
    },
    [procedure, input] as const,
  );
}

/** What the authenticator makes of the agent's options. */
function make(page: Page, options: object): Promise<object> {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      json as PublicKeyCredentialCreationOptionsJSON,
    );
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return made.toJSON();
  }, options);
}

function answer(page: Page, options: object): Promise<object> {
  return page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      json as PublicKeyCredentialRequestOptionsJSON,
    );
    const given = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    return given.toJSON();
  }, options);
}

async function signIn(page: Page): Promise<Called> {
  const { data } = await call(page, 'passkeys.signInOptions');
  return call(page, 'passkeys.signIn', { response: await answer(page, data) });
}

test('a passkey is made in Chromium, signs in without a password, and a copy of it is refused', async ({
  page,
  context,
}) => {
  const { devtools, authenticatorId } = await virtualAuthenticator(page);
  await page.goto('/');
  const options = await call(page, 'passkeys.registrationOptions');
  expect(options.data).toMatchObject({ rp: { id: 'localhost', name: 'Impetus' }, user: { name: 'Owner' } });
  const response = await make(page, options.data);
  expect((await call(page, 'passkeys.register', { name: 'This Mac', response })).status).toBe(200);
  // Its challenge is used up.
  expect((await call(page, 'passkeys.register', { name: 'Again', response })).status).toBe(400);

  await context.clearCookies();
  expect((await call(page, 'passkeys.registrationOptions')).status).toBe(401);
  const signedIn = await signIn(page);
  expect(signedIn.data).toMatchObject({ kind: 'session', user: { name: 'Owner' } });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Connection: Studio connected' })).toBeVisible();

  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
  const [credential] = credentials;
  if (credential === undefined) throw new Error('The authenticator has lost the passkey.');
  const { credentialId } = credential;
  await devtools.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
  // As a copy from before would be.
  await devtools.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: { ...credential, signCount: 0 },
  });
  const copied = await signIn(page);
  expect([copied.status, copied.message]).toEqual([401, expect.stringContaining('was not accepted')]);

  expect((await call(page, 'passkeys.rename', { id: credentialId, name: 'x' })).status).toBe(404);
  const id = (response as { id: string }).id;
  expect((await call(page, 'passkeys.remove', { id })).status).toBe(200);
  expect((await signIn(page)).status).toBe(401);
});
