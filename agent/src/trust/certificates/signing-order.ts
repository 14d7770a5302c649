import { z } from 'zod';

/** What is kept of an authority. The root's key is not part of it: it was never anywhere but in memory. PEM. */
export const authorityFilesSchema = z.object({
  root: z.string(),
  intermediate: z.string(),
  intermediateKey: z.string(),
});
export type AuthorityFiles = z.infer<typeof authorityFilesSchema>;

/** PEM: the certificate with those that vouch for it behind it, and its key. */
export const certificateFilesSchema = z.object({
  certificate: z.string(),
  key: z.string(),
  /** The same for the name alone, with the same key; absent where the certificate is somebody else’s. */
  byName: z.string().optional(),
});
export type CertificateFiles = z.infer<typeof certificateFilesSchema>;

export const signingOrderSchema = z.object({
  /** How devices show the root in their lists. */
  label: z.string(),
  /** The one name that the authority may vouch for. */
  name: z.string(),
  /** Of the leaf, beside the name. */
  addresses: z.array(z.string()),
  /** Null makes a new one. */
  authority: authorityFilesSchema.nullable(),
});
export type SigningOrder = z.infer<typeof signingOrderSchema>;

export const signedSchema = z.object({ authority: authorityFilesSchema, leaf: certificateFilesSchema });
export type Signed = z.infer<typeof signedSchema>;
