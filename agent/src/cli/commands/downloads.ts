import { Command } from 'commander';
import type { DownloadAction } from '../downloads.ts';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

const actions: readonly (readonly [DownloadAction, string])[] = [
  ['pause', 'stop it for now; what came is kept'],
  ['resume', 'go on with one that was paused'],
  ['retry', 'try one that failed again, with all that came'],
  ['cancel', 'stop it and remove what came; of one that ended, the entry alone'],
];

/** `impetus downloads …` */
export function downloadsCommand(terminal: Terminal): Command {
  const downloads = new Command('downloads')
    .description('list downloads, and pause, order or cancel them')
    .addCommand(
      command('ls', 'list the downloads').action(async (options: Common) =>
        (await import('../downloads.ts')).listDownloads(terminal, options),
      ),
      { isDefault: true },
    );
  for (const [action, description] of actions) {
    downloads.addCommand(
      command(action, description)
        .argument('<id>', 'the beginning of its id is enough, or “all” to pause and resume')
        .action(async (id: string, options: Common) =>
          (await import('../downloads.ts')).changeDownload(terminal, action, id, options),
        ),
    );
  }
  return downloads
    .addCommand(
      command('first', 'put one before all others of its priority')
        .argument('<id>')
        .action(async (id: string, options: Common) =>
          (await import('../downloads.ts')).putFirst(terminal, id, options),
        ),
    )
    .addCommand(
      command('priority', 'high, normal or low')
        .argument('<id>')
        .argument('<level>')
        .action(async (id: string, level: string, options: Common) =>
          (await import('../downloads.ts')).prioritise(terminal, id, level, options),
        ),
    )
    .addCommand(
      command('settings', 'show how downloads run, or change what is named')
        .option('--at-once <number>', 'downloads at once')
        .option('--connections <number>', 'the most requests for one file')
        .option('--speed <bytes>', 'bytes per second for all together, such as 2.5MB; “none” for no limit')
        .option('--only-on-mains <on>', 'yes or no')
        .option(
          '--hours <hours>',
          'such as 23:00-07:00 or “mon-fri 23:00-07:00,sat 10:00-18:00”; “none” for any',
        )
        .action(async (options: Common & Record<string, string>) =>
          (await import('../downloads.ts')).changeSettings(terminal, options),
        ),
    );
}
