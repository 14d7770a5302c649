import {
  ImpetusError,
  type DeviceInfo,
  type DeviceKind,
  type Scope,
  type UserInfo,
} from '@impetus/contracts';
import { describeUserAgent } from '../auth/devices/user-agent.ts';
import { scopesOf } from '../auth/scopes.ts';
import { sessionCookie } from '../auth/sessions/cookies.ts';
import type { Principal } from '../auth/types.ts';
import type { ManagementContext } from './trpc.ts';

export interface SignInDevice {
  /** The device that this browser was before, as it says; only a device of the same user counts. */
  readonly deviceId?: string | undefined;
  readonly deviceName?: string | undefined;
  readonly deviceKind?: DeviceKind | undefined;
  readonly scopes: readonly Scope[];
  readonly createdBy: string;
}

async function deviceOf(ctx: ManagementContext, user: UserInfo, device: SignInDevice): Promise<DeviceInfo> {
  const { devices } = ctx.services;
  const known = device.deviceId === undefined ? undefined : devices.find(device.deviceId);
  if (known?.userId === user.id) return known;
  const guess = describeUserAgent(ctx.userAgent);
  return devices.create({
    name: device.deviceName ?? guess.name,
    kind: device.deviceKind ?? guess.kind,
    scopes: device.scopes,
    userId: user.id,
    createdBy: device.createdBy,
    address: ctx.address,
  });
}

/** Who the browser that asks is from now on. */
export function becomes(
  ctx: ManagementContext,
  device: DeviceInfo,
  user: UserInfo,
  sessionId: string,
): Principal {
  const principal: Principal = {
    kind: 'session',
    id: device.id,
    name: device.name,
    scopes: scopesOf(device, user),
    userId: user.id,
    deviceId: device.id,
    sessionId,
    grantId: null,
  };
  ctx.signedIn.principal = principal;
  return principal;
}

/** Signs the browser that asks in: a device, a session, a cookie. Answers who asks from now on. */
export async function beginSession(
  ctx: ManagementContext,
  user: UserInfo,
  wanted: SignInDevice,
): Promise<Principal> {
  if (ctx.setCookie === null) {
    throw new ImpetusError('invalid_request', 'Sign in over http: a WebSocket carries no cookies.');
  }
  const device = await deviceOf(ctx, user, wanted);
  const session = await ctx.services.sessions.begin({
    userId: user.id,
    deviceId: device.id,
    address: ctx.address,
    userAgent: ctx.userAgent,
  });
  ctx.setCookie(sessionCookie(ctx.via, session.token, session.endsAt));
  return becomes(ctx, device, user, session.sessionId);
}
