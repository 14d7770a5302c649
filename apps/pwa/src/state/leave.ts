import { httpApi } from '../api/http-client.ts';
import { forgetAgent } from './agent-state.ts';
import { endSession } from './session.ts';

/** Signs this browser out; what it knew of the Mac goes with it, conversations stay. */
export async function signOut(): Promise<void> {
  await endSession(() => httpApi.session.signOut.mutate());
  await leave();
}

/** Signs every browser of this account out, this one included. */
export async function signOutEverywhere(): Promise<void> {
  await endSession(() => httpApi.session.signOutEverywhere.mutate({ keepThis: false }));
  await leave();
}

async function leave(): Promise<void> {
  await forgetAgent();
  // Everything that was on screen belonged to who was signed in: a page that begins anew has none of it.
  location.replace('/');
}
