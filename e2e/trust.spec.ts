import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import {
  startAgentProcess,
  temporaryFolder,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { expectAccessible } from './axe.ts';
import { hasCertutil } from './certutil.ts';
import { wholeBrowserOptions } from './launch-options.ts';

test.use({ serviceWorkers: 'allow' });

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.skip(
  !hasCertutil(),
  'certutil (libnss3-tools) is not here: no profile can be made that trusts the authority.',
);

interface TrustStatus {
  readonly name: string;
  readonly port: number;
  readonly authority: { readonly fingerprint: string };
}

let folder: TemporaryFolder;
let agent: AgentProcess;
let status: TrustStatus;
let origin: string;
let trusting: BrowserContext;
let stranger: BrowserContext;

/** An address of this machine that other devices could use; its loopback where it has no network. */
const address =
  Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';

/** A browser with a home folder of its own, in which the agent’s name leads to this machine. */
async function browser(home: string, names: readonly string[]): Promise<BrowserContext> {
  mkdirSync(home, { recursive: true });
  const rules = names.map((name) => `MAP ${name} ${address}`).join(', ');
  return chromium.launchPersistentContext(join(home, 'profile'), {
    ...wholeBrowserOptions(`--host-resolver-rules=${rules}`),
    env: { ...process.env, HOME: home },
  });
}

function trustIn(home: string, certificate: string): void {
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  const certutil = (...args: string[]) => execFileSync('certutil', ['-d', `sql:${store}`, ...args]);
  certutil('-N', '--empty-password');
  certutil('-A', '-t', 'C,,', '-n', 'Impetus', '-i', certificate);
}

test.beforeAll(async () => {
  // An agent, two commands and two browsers, on a machine that may be busy.
  test.setTimeout(240_000);
  folder = await temporaryFolder();
  const home = (name: string) => join(folder.path, name);
  agent = await startAgentProcess({
    home: home('agent'),
    env: { IMPETUS_NAME: 'Studio', IMPETUS_LAN: '1', IMPETUS_HTTPS_PORT: '0' },
  });
  status = await agent.cli<TrustStatus>('trust', 'show');
  origin = `https://${status.name}:${status.port}`;
  await agent.cli('trust', 'export', '--out', home('authority.pem'));
  const names = [status.name, 'bank.example', `inner.${status.name}`];
  trustIn(home('trusting'), home('authority.pem'));
  trusting = await browser(home('trusting'), names);
  stranger = await browser(home('stranger'), names);
});

test.afterAll(async () => {
  await Promise.all([trusting?.close(), stranger?.close()]);
  await agent?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test('a browser that has not installed the authority is refused', async () => {
  const page = await stranger.newPage();
  await expect(page.goto(origin)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
});

test('one that has gets a page that it can install, and its worker', async () => {
  const page = await trusting.newPage();
  await page.goto(origin);
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  const worker = await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL);
  expect(worker).toBe(`${origin}/sw.js`);
  const devtools = await trusting.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  // HTTP/2 carries the page; WebSockets come over a connection of HTTP/1.1.
  const protocol = await page.evaluate(
    () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol,
  );
  expect(protocol).toBe('h2');
});

test('the guide over http shows the fingerprint, and its check tells who trusts', async () => {
  const { urls } = await agent.cli<{ urls: string[] }>('trust', 'hand-out');
  const { port } = new URL(urls[0] ?? '');
  const guide = `http://${status.name}:${port}/`;
  const verdict = async (context: BrowserContext) => {
    const page = await context.newPage();
    await page.goto(`${guide}?for=linux`);
    await page.getByRole('button', { name: 'Check' }).click();
    const output = page.locator('output');
    await expect(output).not.toHaveText('Asking the Mac over https…');
    return { page, words: await output.textContent() };
  };
  expect((await verdict(stranger)).words).toContain('does not trust the certificate yet. Step 4');
  const { page, words } = await verdict(trusting);
  expect(words).toContain('trusts the certificate and finds the Mac');
  const groups = await page.locator('.fingerprint span').allTextContents();
  expect(groups.join('').toLowerCase()).toBe(status.authority.fingerprint);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await agent.cli('trust', 'hand-out', '--stop');
  await expect(page.goto(guide)).rejects.toThrow('ERR_CONNECTION_REFUSED');
});

/** A server whose certificate the agent’s own intermediate signed, as somebody could who stole its key. */
async function impostor(name: string): Promise<{ readonly port: number } & AsyncDisposable> {
  const file = (end: string) => join(folder.path, `${name}.${end}`);
  const kept = JSON.parse(readFileSync(join(agent.home, 'secrets', 'trust.json'), 'utf8')) as {
    authority: { intermediate: string; intermediateKey: string };
  };
  writeFileSync(file('ca'), kept.authority.intermediate);
  writeFileSync(file('ca.key'), kept.authority.intermediateKey, { mode: 0o600 });
  writeFileSync(file('ext'), `subjectAltName=DNS:${name}\nextendedKeyUsage=serverAuth\n`);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file('key'));
  openssl('req', '-new', '-key', file('key'), '-subj', '/O=Stranger', '-out', file('csr'));
  openssl(
    'x509',
    '-req',
    '-in',
    file('csr'),
    '-CA',
    file('ca'),
    '-CAkey',
    file('ca.key'),
    '-CAcreateserial',
    '-days',
    '30',
    '-extfile',
    file('ext'),
    '-out',
    file('crt'),
  );
  const cert = readFileSync(file('crt'), 'utf8') + kept.authority.intermediate;
  const server = createServer({ cert, key: readFileSync(file('key')) }, (_, response) =>
    response.end('Hello'),
  );
  server.listen(0);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('a certificate for another name is refused, though the same intermediate signed it', async () => {
  const visit = async (name: string, port: number) => {
    const page = await trusting.newPage();
    return page.goto(`https://${name}:${port}`);
  };
  await using other = await impostor('bank.example');
  await expect(visit('bank.example', other.port)).rejects.toThrow('ERR_CERT');
  // The one thing that differs is the name.
  await using own = await impostor(`inner.${status.name}`);
  expect((await visit(`inner.${status.name}`, own.port))?.status()).toBe(200);
});
