import { deviceNameSchema, deviceCodeGrantType, scopeSchema, type Scope } from '@impetus/contracts';
import type { z } from 'zod';
import { oauthError } from '../../auth/oauth/refusal.ts';
import type { DeviceRequest, TokenRequest } from '../../auth/oauth/types.ts';

/** What a client sends, as application/x-www-form-urlencoded. */
export type Form = ReadonlyMap<string, string>;

/** Parameters without a value count as absent; none may come twice (RFC 6749, 3.1 and 3.2). */
export function readForm(text: string): Form {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.has(name)) throw oauthError('invalid_request', `“${name}” was sent more than once.`);
    form.set(name, value);
  }
  return new Map([...form].filter(([, value]) => value !== ''));
}

function required(form: Form, name: string): string {
  const value = form.get(name);
  if (value !== undefined) return value;
  throw oauthError('invalid_request', `“${name}” is missing.`);
}

export function clientIdOf(form: Form): string {
  const id = required(form, 'client_id');
  if (/^[A-Za-z0-9._:-]{1,64}$/.test(id)) return id;
  throw oauthError('invalid_client', 'A client_id has at most 64 letters, digits, dots, dashes and colons.');
}

/** Null where none are named. */
function scopesOf(form: Form): readonly Scope[] | null {
  const words = form.get('scope')?.split(' ').filter(Boolean);
  if (words === undefined) return null;
  const known = words.map((word) => scopeSchema.safeParse(word).data);
  const scopes = known.filter((scope) => scope !== undefined);
  if (scopes.length === words.length && scopes.length > 0) return [...new Set(scopes)];
  throw oauthError('invalid_scope', `The scopes are ${scopeSchema.options.join(', ')}.`);
}

function checked<T>(schema: z.ZodType<T>, name: string, value: string): T {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  throw oauthError('invalid_request', `${name}: ${error?.issues[0]?.message ?? 'not valid'}`);
}

/** RFC 8628, 3.1; `device_name` is ours, so that whoever approves knows which computer asks. */
export function readDeviceRequest(form: Form): DeviceRequest {
  return {
    clientId: clientIdOf(form),
    deviceName: checked(deviceNameSchema, 'device_name', form.get('device_name') ?? 'A computer'),
    scopes: scopesOf(form) ?? ['infer'],
  };
}

/** RFC 8628, 3.4, and RFC 6749, 6. */
export function readTokenRequest(form: Form): TokenRequest {
  const grantType = required(form, 'grant_type');
  const clientId = clientIdOf(form);
  if (grantType === deviceCodeGrantType) {
    return { type: 'device', clientId, deviceCode: required(form, 'device_code') };
  }
  if (grantType === 'refresh_token') {
    const refreshToken = required(form, 'refresh_token');
    return { type: 'refresh', clientId, refreshToken, scopes: scopesOf(form) };
  }
  throw oauthError('unsupported_grant_type', `The grant types are ${deviceCodeGrantType} and refresh_token.`);
}
