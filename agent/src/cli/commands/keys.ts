import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus keys …` */
export function keysCommand(terminal: Terminal): Command {
  return new Command('keys')
    .description('create, list and revoke API keys')
    .addCommand(
      command('create', 'create a key and print it')
        .requiredOption('--name <name>', 'what the key is for')
        .option('--scopes <list>', 'comma-separated: infer, load, download, remove, admin')
        .action(async (options: Common & { readonly name: string; readonly scopes?: string }) =>
          (await import('../keys.ts')).createKey(terminal, options),
        ),
    )
    .addCommand(
      command('ls', 'list the keys').action(async ({ home, json = false }: Common) =>
        (await import('../keys.ts')).listKeys(terminal, home, json),
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
