import { Command } from 'commander';
import type { LoginOptions } from '../login.ts';
import type { PairOptions } from '../pair.ts';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus pair`, and its answers from another terminal. */
export function pairCommand(terminal: Terminal): Command {
  return command('pair', 'let a phone or another computer in: a QR code, six digits to compare, your yes')
    .option('--name <name>', 'what the device is called')
    .option('--kind <kind>', 'phone, tablet, laptop, desktop or other')
    .option('--scopes <list>', 'comma-separated: infer, load, download, remove, admin')
    .option('--guest <time>', 'its access ends by itself, after 4h, 3d or 1w')
    .action(async (options: PairOptions) => (await import('../pair.ts')).pair(terminal, options))
    .addCommand(
      command('approve', 'let the device in that shows these digits')
        .argument('<digits>')
        .action(async (digits: string, options: Common) =>
          (await import('../pair.ts')).approvePairing(terminal, digits, options),
        ),
    )
    .addCommand(
      command('deny', 'turn away the device that shows these digits, or all that ask')
        .argument('[digits]')
        .action(async (digits: string | undefined, options: Common) =>
          (await import('../pair.ts')).denyPairing(terminal, digits, options),
        ),
    );
}

/** `impetus login` */
export function loginCommand(terminal: Terminal): Command {
  return command('login', 'sign this computer in at an agent on another one')
    .option('--server <url>', 'the agent, such as https://impetus-k4rt.local:8443')
    .option('--ca <file>', "the certificate of the agent's authority, in PEM form")
    .option('--fingerprint <sha256>', "the fingerprint that the agent's authority must have")
    .option('--scopes <list>', 'what to ask for: infer, load, download, remove, admin')
    .option('--name <name>', 'what this computer is called there')
    .action(async (options: LoginOptions) => (await import('../login.ts')).login(terminal, options));
}

/** `impetus logout` */
export function logoutCommand(terminal: Terminal): Command {
  return command('logout', 'give the access back that `impetus login` got').action(async (options: Common) =>
    (await import('../login.ts')).logout(terminal, options),
  );
}
