import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus owner …` */
export function ownerCommand(terminal: Terminal): Command {
  return new Command('owner')
    .description('make the owner’s account, or give it a new password')
    .addCommand(
      command('create', 'make the owner’s account; the password is asked for, or read from the input')
        .requiredOption('--name <name>', 'the name to sign in with')
        .action(async (options: Common & { readonly name: string }) =>
          (await import('../owner.ts')).createOwner(terminal, options),
        ),
    )
    .addCommand(
      command('reset-password', 'give the owner a new password; every session of the owner ends').action(
        async (options: Common) => (await import('../owner.ts')).resetOwnerPassword(terminal, options),
      ),
    );
}
