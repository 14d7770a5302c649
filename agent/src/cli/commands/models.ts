import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

interface Unload extends Common {
  readonly all?: boolean;
  readonly now?: boolean;
}

/** `impetus models …` */
export function modelsCommand(terminal: Terminal): Command {
  return new Command('models')
    .description('list, load, switch and unload models, and choose how each is held')
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
    );
}
