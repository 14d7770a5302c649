import { z } from 'zod';
import { scopeSchema } from './scopes.ts';

/** A name that people read: of a user, a device, a key. */
export const nameSchema = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `A ${what} needs a name.`)
    .max(80, 'A name has at most 80 characters.')
    // oxlint-disable-next-line no-control-regex -- a name is one line of text
    .refine((name) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name), {
      error: 'A name is one line of plain text.',
    });

export const scopesSchema = (what: string) =>
  z
    .array(scopeSchema)
    .min(1, `A ${what} needs at least one scope.`)
    .transform((scopes) => [...new Set(scopes)]);

export const idInput = z.object({ id: z.string().min(1).max(200) });

/** A moment in the future, ISO 8601 with its offset. */
export const futureSchema = z.iso
  .datetime({ offset: true, error: 'a moment such as 2027-01-31T12:00:00Z' })
  .refine((moment) => Date.parse(moment) > Date.now(), { error: 'The moment has to lie ahead.' })
  .transform((moment) => new Date(moment).toISOString());

/** The kinds of principals: who can ask something of the agent. */
export const principalKinds = ['session', 'key', 'token', 'cli', 'local'] as const;
export type PrincipalKind = (typeof principalKinds)[number];
