import { text } from 'node:stream/consumers';
import { makeAuthority, makeLeaf } from './make.ts';
import { signingOrderSchema, type Signed } from './signing-order.ts';

// Started by the signer: an order on stdin, its answer on stdout. Keys pass through pipes alone.
const {
  label,
  name,
  addresses,
  authority: given,
} = signingOrderSchema.parse(JSON.parse(await text(process.stdin)));
const now = new Date();
const authority = given ?? (await makeAuthority({ label, name, now }));
const leaf = await makeLeaf({ name, addresses, authority, now });
process.stdout.write(JSON.stringify({ authority, leaf } satisfies Signed));
