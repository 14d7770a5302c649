import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus requests …` */
export function requestsCommand(terminal: Terminal): Command {
  return new Command('requests').description('what was asked of the models').addCommand(
    command('ls', 'list the last requests, newest first')
      .option('--limit <number>', 'how many, up to 200')
      .action(async (options: Common & { readonly limit?: string }) =>
        (await import('../requests.ts')).listRequests(terminal, options),
      ),
  );
}
