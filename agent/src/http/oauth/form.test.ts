import { deviceCodeGrantType } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { readDeviceRequest, readForm, readTokenRequest } from './form.ts';

const detail = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as { detail?: string }).detail;
  }
  return 'nothing';
};

describe('a client that asks to be let in', () => {
  it('is read', () => {
    const form = readForm('client_id=impetus-cli&scope=infer+load+infer&device_name=Ada%E2%80%99s+laptop');
    expect(readDeviceRequest(form)).toEqual({
      clientId: 'impetus-cli',
      deviceName: 'Ada’s laptop',
      scopes: ['infer', 'load'],
    });
    expect(readDeviceRequest(readForm('client_id=x&scope='))).toMatchObject({ scopes: ['infer'] });
  });

  it.each([
    ['', 'invalid_request'],
    ['client_id=', 'invalid_request'],
    ['client_id=a&client_id=b', 'invalid_request'],
    ['client_id=a%20b', 'invalid_client'],
    ['client_id=a&scope=everything', 'invalid_scope'],
    ['client_id=a&scope=%20', 'invalid_scope'],
    ['client_id=a&device_name=%0A', 'invalid_request'],
  ])('%j is refused as %s', (text, code) => {
    expect(detail(() => readDeviceRequest(readForm(text)))).toBe(code);
  });
});

describe('a client that asks for tokens', () => {
  it('is read', () => {
    const device = `grant_type=${encodeURIComponent(deviceCodeGrantType)}&client_id=a&device_code=c`;
    expect(readTokenRequest(readForm(device))).toEqual({ type: 'device', clientId: 'a', deviceCode: 'c' });
    const refresh = 'grant_type=refresh_token&client_id=a&refresh_token=r&scope=infer';
    expect(readTokenRequest(readForm(refresh))).toEqual({
      type: 'refresh',
      clientId: 'a',
      refreshToken: 'r',
      scopes: ['infer'],
    });
  });

  it.each([
    ['client_id=a', 'invalid_request'],
    ['grant_type=refresh_token&client_id=a', 'invalid_request'],
    ['grant_type=password&client_id=a', 'unsupported_grant_type'],
    ['grant_type=refresh_token&refresh_token=r', 'invalid_request'],
  ])('%j is refused as %s', (text, code) => {
    expect(detail(() => readTokenRequest(readForm(text)))).toBe(code);
  });
});
