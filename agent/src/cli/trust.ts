import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ImpetusError, useAcmeInput, type CertificateInfo, type TrustStatus } from '@impetus/contracts';
import { askAgent, type AgentClient } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

export interface ExportOptions extends Common {
  readonly out?: string;
}

export interface FilesOptions extends Common {
  readonly certificate: string;
  readonly key: string;
}

export interface AcmeOptions extends Common {
  readonly domain?: string;
  readonly email?: string;
  readonly directory?: string;
  readonly hook?: string;
  readonly agree?: boolean;
  readonly continue?: boolean;
}

/** A fingerprint as people compare it. */
export function groupedFingerprint(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ');
}

const modes: Readonly<Record<TrustStatus['mode'], string>> = {
  own: 'of the agent’s own authority',
  files: 'from files of yours',
  acme: 'from an ACME server',
  off: 'none',
};

function certificateLines(mode: TrustStatus['mode'], certificate: CertificateInfo | null): string[] {
  if (certificate === null) return [`Certificate: none yet (${modes[mode]})`];
  return [
    `Certificate: ${modes[mode]}, for ${certificate.names.join(', ')}`,
    `  issued by ${certificate.issuer}, until ${certificate.notAfter}`,
    `  SHA-256 ${groupedFingerprint(certificate.fingerprint)}`,
  ];
}

/** Everything of the https listener as lines for people. */
export function trustLines(status: TrustStatus): string {
  const { mode, name, origins, authority, mdns, bootstrap, acme, problem } = status;
  if (mode === 'off') return mdns.words;
  const rows = origins.map(({ url, reachable, problem: why }) => [
    url,
    reachable ? 'answers' : 'does not answer',
    why ?? '',
  ]);
  return [
    ...(problem === null ? [] : [problem, '']),
    `Name: ${name}. ${mdns.words}`,
    ...(rows.length === 0 ? [] : ['', formatTable([['ADDRESS', 'DIALLED', ''], ...rows]), '']),
    ...certificateLines(mode, status.certificate),
    ...(authority === null
      ? []
      : [
          `Authority, which devices install: ${authority.name}, until ${authority.notAfter}`,
          `  SHA-256 ${groupedFingerprint(authority.fingerprint)}`,
        ]),
    ...(acme === null ? [] : [acme.words]),
    ...(acme?.record ? [`  ${acme.record.name}  TXT  ${acme.record.value}`] : []),
    ...(bootstrap === null
      ? []
      : [`The certificate is handed out until ${bootstrap.until}: ${bootstrap.urls.join(', ')}`]),
  ].join('\n');
}

/** Asks for a status and prints it. */
async function printStatus(
  terminal: Terminal,
  { home, json }: Common,
  ask: (agent: AgentClient) => Promise<TrustStatus>,
): Promise<void> {
  const status = await askAgent(terminal, home, ask);
  terminal.out(json ? JSON.stringify(status) : trustLines(status));
}

export const showTrust = (terminal: Terminal, options: Common) =>
  printStatus(terminal, options, (agent) => agent.trust.status.query());

export const checkTrust = (terminal: Terminal, options: Common) =>
  printStatus(terminal, options, (agent) => agent.trust.check.mutate());

export const useOwn = (terminal: Terminal, options: Common) =>
  printStatus(terminal, options, (agent) => agent.trust.useOwn.mutate());

export const renameAgent = (terminal: Terminal, options: Common) =>
  printStatus(terminal, options, (agent) => agent.trust.rename.mutate());

export const renewCertificate = (terminal: Terminal, options: Common & { readonly authority?: boolean }) =>
  printStatus(terminal, options, (agent) =>
    agent.trust.renew.mutate({ what: options.authority ? 'authority' : 'certificate' }),
  );

export const useFiles = (terminal: Terminal, options: FilesOptions) =>
  printStatus(terminal, options, (agent) =>
    // The agent may run in another folder.
    agent.trust.useFiles.mutate({ certificate: resolve(options.certificate), key: resolve(options.key) }),
  );

export async function useAcme(terminal: Terminal, options: AcmeOptions): Promise<void> {
  const { domain, email, directory, hook, agree } = options;
  if (options.continue) {
    return printStatus(terminal, options, (agent) => agent.trust.continueAcme.mutate());
  }
  const input = useAcmeInput.parse({ domain, email, directory, hook, termsAgreed: agree ?? false });
  return printStatus(terminal, options, (agent) => agent.trust.useAcme.mutate(input));
}

/** Prints the certificate that devices install, or writes it into a file. */
export async function exportAuthority(terminal: Terminal, { home, json, out }: ExportOptions): Promise<void> {
  const authority = await askAgent(terminal, home, (agent) => agent.trust.handOut.mutate());
  if (authority === null) {
    throw new ImpetusError(
      'conflict',
      'The certificate is not of the agent’s own authority: devices have nothing to install.',
    );
  }
  if (out !== undefined) writeFileSync(out, authority.pem);
  if (json) terminal.out(JSON.stringify(authority));
  else if (out === undefined) terminal.out(authority.pem.trimEnd());
  else
    terminal.out(`${out} holds “${authority.name}”.\nSHA-256 ${groupedFingerprint(authority.fingerprint)}`);
}

/** Opens or closes the http listener that carries the certificate. */
export async function handOut(
  terminal: Terminal,
  { home, json, stop }: Common & { readonly stop?: boolean },
): Promise<void> {
  if (stop) {
    await askAgent(terminal, home, (agent) => agent.trust.closeBootstrap.mutate());
    terminal.out(json ? JSON.stringify({ open: false }) : 'The certificate is no longer handed out.');
    return;
  }
  const { bootstrap, status } = await askAgent(terminal, home, async (agent) => ({
    bootstrap: await agent.trust.openBootstrap.mutate(),
    status: await agent.trust.status.query(),
  }));
  if (json) terminal.out(JSON.stringify(bootstrap));
  else {
    terminal.out(
      [
        `Open this on the device, until ${bootstrap.until}:`,
        ...bootstrap.urls.map((url) => `  ${url}`),
        'It shows how to install the certificate. Its SHA-256 fingerprint has to be:',
        `  ${groupedFingerprint(status.authority?.fingerprint ?? '')}`,
      ].join('\n'),
    );
  }
}
