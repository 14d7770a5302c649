import { z } from 'zod';
import { scopes } from './scope-list.ts';

// The list stands apart, without zod, for the first screen of the page.
export * from './scope-list.ts';

export const scopeSchema = z.enum(scopes);
