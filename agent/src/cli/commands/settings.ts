import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus settings …` */
export function settingsCommand(terminal: Terminal): Command {
  return new Command('settings')
    .description('settings of the agent as a whole')
    .addCommand(
      command('ls', 'list the settings').action(async (options: Common) =>
        (await import('../settings.ts')).listSettings(terminal, options),
      ),
    )
    .addCommand(
      command('set', 'change settings; “name=” goes back to the default')
        .argument('<name=value...>', 'such as idleUnload=never queueLength=64')
        .action(async (assignments: string[], options: Common) =>
          (await import('../settings.ts')).setSettings(terminal, assignments, options),
        ),
    );
}
