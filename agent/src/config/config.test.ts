import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './index.ts';
import type { Computer } from './paths.ts';

const mac: Computer = {
  platform: 'darwin',
  homedir: '/Users/ada',
  hostname: 'Adas-Mac.local',
  cwd: '/Users/ada/code',
};
const linux: Computer = { ...mac, platform: 'linux', homedir: '/home/ada' };

describe('defaults', () => {
  it('keeps the data where the system wants it', () => {
    expect(readConfig({}, {}, mac).home).toBe('/Users/ada/Library/Application Support/Impetus');
    expect(readConfig({}, {}, linux).home).toBe('/home/ada/.local/share/impetus');
    expect(readConfig({}, { XDG_DATA_HOME: '/data' }, linux).home).toBe('/data/impetus');
    expect(readConfig({}, { XDG_DATA_HOME: 'relative' }, linux).home).toBe('/home/ada/.local/share/impetus');
  });

  it('names the computer without its suffix', () => {
    expect(readConfig({}, {}, mac)).toMatchObject({
      name: 'Adas-Mac',
      httpPort: 8080,
      lan: { port: 8443, mdns: true },
      modelsFolder: '/Users/ada/Models',
      runner: { threads: null, contextSize: null, sequences: null, warm: null },
    });
  });
});

describe('other devices', () => {
  it('are kept out where that is chosen', () => {
    expect(readConfig({}, { IMPETUS_LAN: '0', IMPETUS_HTTPS_PORT: '9443' }, mac).lan).toBeNull();
    const env = { IMPETUS_LAN: '1', IMPETUS_HTTPS_PORT: '9443', IMPETUS_MDNS: 'false' };
    expect(readConfig({}, env, mac).lan).toEqual({ port: 9443, mdns: false });
  });
});

describe('paths', () => {
  it('are made absolute, with ~ as the home folder', () => {
    const env = { IMPETUS_HOME: 'data', IMPETUS_MODELS: '~/llm' };
    const config = readConfig({}, env, mac);
    expect(config.home).toBe('/Users/ada/code/data');
    expect(config.modelsFolder).toBe('/Users/ada/llm');
  });
});

describe('mistakes', () => {
  const refused = (flags: Record<string, string>, env: Record<string, string>) => {
    try {
      readConfig(flags, env, mac);
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };

  it('name the field, where it was chosen, what it must be and what it is', () => {
    expect(refused({}, { IMPETUS_HTTP_PORT: 'abc' })).toBe(
      "IMPETUS_HTTP_PORT must be a whole number from 0 to 65535; it is 'abc'.",
    );
    expect(refused({ httpPort: '65536' }, { IMPETUS_HTTP_PORT: '1' })).toBe(
      "--http-port must be a whole number from 0 to 65535; it is '65536'.",
    );
    expect(refused({}, { IMPETUS_HTTPS_PORT: '-1' })).toMatch(/^IMPETUS_HTTPS_PORT must be a whole number/);
    expect(refused({ logLevel: 'loud' }, {})).toBe(
      "--log-level must be one of debug, info, warn, error, silent; it is 'loud'.",
    );
    expect(refused({}, { HF_ENDPOINT: 'ftp://hub' })).toBe(
      "HF_ENDPOINT must be an http or https address; it is 'ftp://hub'.",
    );
    expect(refused({}, { IMPETUS_THREADS: '0' })).toMatch(/^IMPETUS_THREADS must be a whole number from 1/);
  });

  it('do not repeat a secret', () => {
    expect(refused({}, { HF_TOKEN: 'x'.repeat(5000) })).toBe(
      'HF_TOKEN must be a token of the Hugging Face Hub.',
    );
  });
});

describe('an empty variable', () => {
  it('counts as unset', () => {
    expect(readConfig({}, { IMPETUS_HTTP_PORT: '', IMPETUS_NAME: '' }, mac).httpPort).toBe(8080);
  });
});

describe('a secret', () => {
  it('is not printed, logged or serialised by accident', () => {
    const { token } = readConfig({}, { HF_TOKEN: 'hf_secret' }, mac).hub;
    expect(`${String(token)} ${JSON.stringify({ token })} ${inspect({ token })}`).not.toContain('hf_secret');
    expect(token?.reveal()).toBe('hf_secret');
  });
});

describe('the config file', () => {
  let home: string;
  const write = (content: string) => writeFileSync(join(home, 'config.json'), content);
  const read = (env: Record<string, string> = {}) => readConfig({}, { IMPETUS_HOME: home, ...env }, mac);

  beforeEach(() => {
    home = mkdtempSync(join(os.tmpdir(), 'impetus-config-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('is below the environment and above the defaults', () => {
    write('{"httpPort": 9000, "name": "File"}');
    expect(read()).toMatchObject({ httpPort: 9000, name: 'File' });
    expect(read({ IMPETUS_HTTP_PORT: '9001' })).toMatchObject({ httpPort: 9001, name: 'File' });
  });

  it('is told what is wrong with it', () => {
    write('{"httpPort": 1.5}');
    expect(read).toThrow(
      `“httpPort” in ${home}/config.json must be a whole number from 0 to 65535; it is 1.5.`,
    );
    write('{"port": 1}');
    expect(read).toThrow(`“port” in ${home}/config.json is not a setting.`);
    write('{');
    expect(read).toThrow(`The config file ${home}/config.json is not valid JSON`);
    write('[]');
    expect(read).toThrow('must hold a JSON object');
  });
});
