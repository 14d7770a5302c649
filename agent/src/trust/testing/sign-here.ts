import { makeAuthority, makeLeaf } from '../certificates/make.ts';
import type { Sign } from '../certificates/signer.ts';

/** Signs in this process, which a test that signs often can afford. */
export const signHere: Sign = async ({ label, name, addresses, authority: given }) => {
  const now = new Date();
  const authority = given ?? (await makeAuthority({ label, name, now }));
  return { authority, leaf: await makeLeaf({ name, addresses, authority, now }) };
};
