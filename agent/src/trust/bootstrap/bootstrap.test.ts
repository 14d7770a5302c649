import { spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { Script } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { authorityCertificate } from '../certificates/read.ts';
import { decideAnswer, type BootstrapContent } from './answer.ts';
import { bootstrapPolicy, fingerprintGroups } from './page.ts';
import { detectPlatform, platforms } from './platforms.ts';
import { signHere } from '../testing/sign-here.ts';

let content: BootstrapContent;
beforeAll(async () => {
  const name = 'impetus-ab12.local';
  const { authority } = await signHere({
    label: 'Impetus on <Ada’s> Mac',
    name,
    addresses: [],
    authority: null,
  });
  content = {
    computer: '<Ada’s> & Mac',
    authority: authorityCertificate(authority.root),
    origins: ['https://impetus-ab12.local:8443', 'https://192.168.1.20:8443'],
    hosts: new Set(['192.168.1.20:8444']),
  };
});

const ask = (url: string, changes: Partial<Parameters<typeof decideAnswer>[1]> = {}) =>
  decideAnswer(content, { method: 'GET', url, host: '192.168.1.20:8444', userAgent: '', ...changes });

const has = (program: string) => spawnSync(program, ['--help']).error === undefined;

describe('the certificate', () => {
  it('comes as DER and as PEM, the same one', () => {
    const { type, body } = ask('/impetus.crt');
    expect(type).toBe('application/x-x509-ca-cert');
    const certificate = new X509Certificate(body);
    expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(content.authority.fingerprint);
    expect(new X509Certificate(ask('/impetus.pem').body).fingerprint256).toBe(certificate.fingerprint256);
  });

  it('comes as a profile that plistutil reads, with the certificate in it', (context) => {
    if (!has('plistutil')) context.skip('plistutil is not here.');
    const { type, body } = ask('/impetus.mobileconfig');
    expect(type).toBe('application/x-apple-aspen-config');
    const convert = (input: string | Buffer, form: string) => {
      const { status, stdout } = spawnSync('plistutil', ['-i', '-', '-o', '-', '-f', form], { input });
      expect(status).toBe(0);
      return stdout;
    };
    // Through the binary form and back: what it wrote is what it understood.
    const read = convert(convert(body, 'bin'), 'xml').toString('utf8');
    const valueOf = (key: string) =>
      new RegExp(`<key>${key}</key>\\s*<(?:string|data)>([^<]*)<`).exec(read)?.[1] ?? '';
    expect(valueOf('PayloadType')).toBe('com.apple.security.root');
    expect(read).toContain('<string>Configuration</string>');
    expect(valueOf('PayloadDisplayName')).toBe('Impetus on &lt;Ada’s&gt; Mac');
    const der = Buffer.from(/<data>([^<]*)</.exec(read)?.[1] ?? '', 'base64');
    expect(createHash('sha256').update(der).digest('hex')).toBe(content.authority.fingerprint);
    expect(ask('/impetus.mobileconfig').body).toBe(body);
  });
});

describe('the page', () => {
  it('guides by what the browser calls itself, or by choice, also without a script', () => {
    const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';
    expect(String(ask('/', { userAgent: iPhone }).body)).toContain('Certificate Trust Settings');
    expect(String(ask('/?for=windows', { userAgent: iPhone }).body)).toContain(
      'Trusted Root Certification Authorities',
    );
    expect(String(ask('/?for=nothing').body)).toContain('On iPhone, iPad');
  });

  it('shows the fingerprint in groups, and what comes from elsewhere as text alone', () => {
    const body = String(ask('/').body);
    const groups = fingerprintGroups(content.authority.fingerprint);
    expect(groups).toHaveLength(16);
    expect(body).toContain(groups.map((group) => `<span>${group}</span>`).join(''));
    expect(body).toContain('&lt;Ada’s&gt; &amp; Mac');
    expect(body).not.toContain('<Ada');
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\/(?!impetus-ab12|192\.168)/);
  });

  it('runs nothing but its own script, by its hash, and asks nobody but the Mac', () => {
    const policy = bootstrapPolicy(content.origins);
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(String(ask('/').body)) ?? [];
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(String(ask('/').body)) ?? [];
    for (const part of [script, style]) {
      expect(policy).toContain(createHash('sha256').update(part).digest('base64'));
    }
    expect(policy).toContain(`connect-src ${content.origins.join(' ')};`);
    expect(() => new Script(script)).not.toThrow();
  });

  it('says in each guide which step is missed, but for Firefox, where none is', () => {
    const guides = platforms({ authority: 'A' });
    const missed = guides.filter(({ steps }) => steps.some((step) => step.missed === true));
    expect(missed.map(({ id }) => id)).toEqual(['ios', 'android', 'macos', 'windows', 'linux']);
    for (const { steps } of guides)
      expect(steps.filter(({ download }) => download !== undefined)).toHaveLength(1);
  });
});

it('answers to nothing else', () => {
  for (const path of [
    '/impetus.key',
    '/../secrets/trust.json',
    '/%2e%2e/secrets/trust.json',
    '//',
    '/v1/models',
    '/trpc',
    '/__proto__',
    '/constructor',
  ]) {
    expect([path, ask(path).status]).toEqual([path, 404]);
  }
  expect(ask('/', { method: 'POST' })).toMatchObject({ status: 405 });
  expect(ask('/', { host: 'evil.example' }).status).toBe(421);
});

it.each([
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36',
    'android',
  ],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'firefox'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15',
    'macos',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox'],
  ['Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) AppleWebKit/537.36 Chrome/141.0', 'linux'],
  ['curl/8', 'ios'],
])('%s is guided as %s', (userAgent, platform) => {
  expect(detectPlatform(userAgent)).toBe(platform);
});
