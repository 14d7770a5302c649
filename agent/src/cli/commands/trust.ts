import { Command } from 'commander';
import type { AcmeOptions, ExportOptions, FilesOptions } from '../trust.ts';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

const load = () => import('../trust.ts');

/** `impetus trust …` */
export function trustCommand(terminal: Terminal): Command {
  return new Command('trust')
    .description('the https address for other devices, and its certificate')
    .addCommand(
      command('show', 'tell the name, the addresses, the certificate and what is wrong').action(
        async (options: Common) => (await load()).showTrust(terminal, options),
      ),
    )
    .addCommand(
      command('check', 'dial every address again').action(async (options: Common) =>
        (await load()).checkTrust(terminal, options),
      ),
    )
    .addCommand(
      command('export', 'print the certificate that devices install')
        .option('--out <file>', 'write it into a file')
        .action(async (options: ExportOptions) => (await load()).exportAuthority(terminal, options)),
    )
    .addCommand(
      command('hand-out', 'hand the certificate out over http for ten minutes, with a guide for each device')
        .option('--stop', 'end it now')
        .action(async (options: Common & { readonly stop?: boolean }) =>
          (await load()).handOut(terminal, options),
        ),
    )
    .addCommand(
      command('renew', 'take a new certificate now')
        .option('--authority', 'a new authority, which every device has to install again')
        .action(async (options: Common & { readonly authority?: boolean }) =>
          (await load()).renewCertificate(terminal, options),
        ),
    )
    .addCommand(
      command('rename', 'take a new name and a new authority; every device has to be added again').action(
        async (options: Common) => (await load()).renameAgent(terminal, options),
      ),
    )
    .addCommand(
      command('use-own', 'use certificates of the agent’s own authority').action(async (options: Common) =>
        (await load()).useOwn(terminal, options),
      ),
    )
    .addCommand(
      command('use-files', 'use a certificate of yours; its files are watched')
        .requiredOption('--certificate <file>', 'PEM, with those between it and its root behind it')
        .requiredOption('--key <file>', 'PEM, without a passphrase')
        .action(async (options: FilesOptions) => (await load()).useFiles(terminal, options)),
    )
    .addCommand(
      command('acme', 'order a certificate for a domain of yours, proven over DNS')
        .option('--domain <name>', 'the domain, which has to lead to this Mac at home')
        .option('--email <address>', 'where the ACME server may write to')
        .option('--directory <url>', 'the ACME server; otherwise Let’s Encrypt')
        .option('--hook <command>', 'run as “<command> add|remove <name> <value>” to make the TXT record')
        .option('--agree', 'agree to the terms of the ACME server')
        .option('--continue', 'the TXT record that was asked for can be seen')
        .action(async (options: AcmeOptions) => (await load()).useAcme(terminal, options)),
    );
}
