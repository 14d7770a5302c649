import { z } from 'zod';
import type { PrincipalKind } from './identity.ts';

export const auditOutcomes = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** One thing that somebody did or tried. Times are ISO 8601. */
export interface AuditEntry {
  /** Rises with time. */
  readonly id: number;
  readonly at: string;
  /** `noun.verb`, such as `keys.create` or `session.signIn`. */
  readonly action: string;
  readonly outcome: AuditOutcome;
  /** Who; null where nobody was recognised. */
  readonly who: { readonly kind: PrincipalKind; readonly id: string; readonly name: string } | null;
  /** What it was done to: an id or a name. */
  readonly subject: string | null;
  /** Plain facts, none of them a secret. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  /** How often the same was tried in a row; refused tries that repeat are one entry. */
  readonly count: number;
  /** When it was tried last. */
  readonly lastAt: string;
}

export const auditFilterSchema = z.object({
  /** The beginning of actions: `keys` finds `keys.create`. */
  action: z.string().trim().min(1).max(100).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  /** The id of a principal. */
  whoId: z.string().min(1).max(200).optional(),
  /** Text that the subject, the name or the address contains. */
  text: z.string().trim().min(1).max(100).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const listAuditInput = auditFilterSchema
  .extend({
    /** The `next` of the page before. */
    before: z.int().min(1).optional(),
    limit: z.int().min(1).max(200).default(50),
  })
  .prefault({});
export type ListAuditInput = z.infer<typeof listAuditInput>;

/** Newest first. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** What to ask the next page with; null at the end. */
  readonly next: number | null;
}

/** What the filters of a screen can offer. */
export interface AuditFacets {
  readonly actions: readonly string[];
  readonly who: readonly { readonly id: string; readonly name: string }[];
}

/** One thing that was looked at for `impetus doctor security`. */
export interface SecurityFinding {
  /** `warning`: something that should be closed. `note`: something that is open, and may be meant so. */
  readonly level: 'fine' | 'note' | 'warning';
  readonly what: string;
  /** What to do, where there is something. */
  readonly remedy: string | null;
}
