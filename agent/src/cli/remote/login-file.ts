import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { scopeSchema } from '@impetus/contracts';
import { z } from 'zod';
import { writePrivateFile } from '../../platform/private-file.ts';

const loginSchema = z.object({
  /** The origin of the agent. */
  server: z.url(),
  scopes: z.array(scopeSchema),
  accessToken: z.string(),
  /** When the access token is to be refreshed, by this computer's clock; milliseconds. */
  refreshAt: z.number(),
  refreshToken: z.string(),
});

/** Where this computer's commands go, and what lets them in. */
export type Login = z.infer<typeof loginSchema>;

export const loginPath = (home: string) => join(home, 'login.json');

/** Null where this data folder is not signed in anywhere. */
export function readLogin(home: string): Login | null {
  try {
    return loginSchema.parse(JSON.parse(readFileSync(loginPath(home), 'utf8')));
  } catch {
    return null;
  }
}

export function writeLogin(home: string, login: Login): void {
  writePrivateFile(loginPath(home), `${JSON.stringify(login, null, 2)}\n`);
}

export function removeLogin(home: string): void {
  rmSync(loginPath(home), { force: true });
}
