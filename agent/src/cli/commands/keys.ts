import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** What a key may be given beside its name. */
export interface KeyOptions {
  readonly name: string;
  readonly scopes?: string;
  readonly expires?: string;
  readonly concurrency?: string;
  readonly perMinute?: string;
}

/** `impetus keys …` */
export function keysCommand(terminal: Terminal): Command {
  return new Command('keys')
    .description('create, list, rotate and revoke API keys')
    .addCommand(
      command('create', 'create a key and print it')
        .requiredOption('--name <name>', 'what the key is for')
        .option('--scopes <list>', 'comma-separated: infer, load, download, remove, admin')
        .option(
          '--expires <time>',
          'when it stops being good: 12h, 30d, or a moment such as 2027-01-31T12:00:00Z',
        )
        .option('--concurrency <number>', 'requests of it that may run or wait at once')
        .option('--per-minute <number>', 'requests of it a minute')
        .action(async (options: Common & KeyOptions) =>
          (await import('../keys.ts')).createKey(terminal, options),
        ),
    )
    .addCommand(
      command('ls', 'list the keys').action(async ({ home, json = false }: Common) =>
        (await import('../keys.ts')).listKeys(terminal, home, json),
      ),
    )
    .addCommand(
      command('rotate', 'give a key a new secret and print it')
        .argument('<id>')
        .option('--grace <seconds>', 'how long the old secret goes on working', '0')
        .action(async (id: string, options: Common & { readonly grace: string }) =>
          (await import('../keys.ts')).rotateKey(terminal, id, options),
        ),
    )
    .addCommand(
      command('revoke', 'make a key worthless at once')
        .argument('<id>')
        .action(async (id: string, options: Common) =>
          (await import('../keys.ts')).revokeKey(terminal, id, options),
        ),
    );
}
