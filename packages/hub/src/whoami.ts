import { z } from 'zod';
import { addressOf, ask, notTheHub, readJson, type HubClient } from './client.ts';
import { HubError } from './errors.ts';

const identitySchema = z.object({
  name: z.string(),
  fullname: z.string().nullable().catch(null),
  auth: z
    .object({
      accessToken: z
        .object({ displayName: z.string().nullable().catch(null) })
        .nullable()
        .catch(null),
    })
    .nullable()
    .catch(null),
});

export interface Identity {
  readonly name: string;
  readonly fullName: string | null;
  /** The name that the token was given. */
  readonly tokenName: string | null;
}

/** Whose token it is. Throws a `token` error where the Hub does not know it. */
export async function whoami(client: HubClient, token: string, signal?: AbortSignal): Promise<Identity> {
  const result = identitySchema.safeParse(await readJson(await asked(client, token, signal)));
  if (!result.success) throw notTheHub(result.error);
  const { name, fullname, auth } = result.data;
  return { name, fullName: fullname, tokenName: auth?.accessToken?.displayName ?? null };
}

async function asked(client: HubClient, token: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await ask(client, addressOf(client, 'api/whoami-v2'), { token, signal });
  } catch (error) {
    if (!(error instanceof HubError) || error.kind !== 'access') throw error;
    throw new HubError('token', 'The Hub does not know this token.', { status: error.status, cause: error });
  }
}
