import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

interface Remove extends Common {
  readonly yes?: boolean;
  readonly unload?: boolean;
}

interface Mark extends Common {
  readonly name?: string;
  readonly tags?: string;
  readonly favourite?: string;
  readonly notes?: string;
}

interface Unload extends Common {
  readonly all?: boolean;
  readonly now?: boolean;
}

/** `impetus models …` */
export function modelsCommand(terminal: Terminal): Command {
  return new Command('models')
    .description('list, load, switch, unload, measure and remove models, and choose how each is held')
    .addCommand(
      command('ls', 'list the models').action(async (options: Common) =>
        (await import('../models.ts')).listModels(terminal, options),
      ),
    )
    .addCommand(
      command('show', 'tell what a model is, how it is held, and whether it fits')
        .argument('<model>')
        .action(async (name: string, options: Common) =>
          (await import('../model-details.ts')).showModel(terminal, name, options),
        ),
    )
    .addCommand(
      command('set', 'change settings of a model; “name=” goes back to the default')
        .argument('<model>')
        .argument('<name=value...>', 'such as contextSize=8192 kvType=q8_0 sampling.temperature=0.5')
        .action(async (name: string, assignments: string[], options: Common) =>
          (await import('../model-settings.ts')).setModel(terminal, name, assignments, options),
        ),
    )
    .addCommand(
      command('load', 'load a model and wait until it is ready')
        .argument('<model>')
        .action(async (name: string, options: Common) =>
          (await import('../models.ts')).loadModel(terminal, name, options),
        ),
    )
    .addCommand(
      command('switch', 'make a model the default, and load it')
        .argument('<model>')
        .action(async (name: string, options: Common) =>
          (await import('../models.ts')).switchModel(terminal, name, options),
        ),
    )
    .addCommand(
      command('unload', 'give the memory of a model back')
        .argument('[model]')
        .option('--all', 'every model')
        .option('--now', 'end running requests instead of waiting for them')
        .action(async (name: string | undefined, options: Unload) =>
          (await import('../models.ts')).unloadModels(terminal, name, options),
        ),
    )
    .addCommand(
      command('scan', 'read the folders again').action(async (options: Common) =>
        (await import('../library.ts')).scanFolders(terminal, options),
      ),
    )
    .addCommand(
      command('mark', 'name a model, tag it, make it a favourite, write about it')
        .argument('<model>')
        .option('--name <name>', 'what you call it; empty goes back to the name of its file')
        .option('--tags <tags>', 'such as code,small; empty takes them all away')
        .option('--favourite <on>', 'on or off')
        .option('--notes <text>', 'in place of what was written before')
        .action(async (name: string, options: Mark) =>
          (await import('../library.ts')).markModel(terminal, name, options),
        ),
    )
    .addCommand(
      command('rm', 'take models off the disk, into the bin; without --yes, tell what would go')
        .argument('<model...>')
        .option('--yes', 'do it')
        .option('--unload', 'unload first what is loaded')
        .action(async (names: string[], options: Remove) =>
          (await import('../library.ts')).removeModels(terminal, names, options),
        ),
    )
    .addCommand(
      command('restore', 'bring back what a removal took into the bin')
        .argument('<removal>', 'as “models rm” printed it')
        .action(async (undo: string, options: Common) =>
          (await import('../library.ts')).restoreModels(terminal, undo, options),
        ),
    )
    .addCommand(
      command('disk', 'tell what models take, and what could be freed')
        .option('--unused-days <days>', 'not asked for in this many days', '90')
        .action(async (options: Common & { readonly unusedDays: string }) =>
          (await import('../library.ts')).showDisk(terminal, options),
        ),
    )
    .addCommand(
      command('bench', 'measure how fast a model is here, and print it')
        .argument('<model>')
        .action(async (name: string, options: Common) =>
          (await import('../model-benchmark.ts')).benchmarkModel(terminal, name, options),
        ),
    );
}
