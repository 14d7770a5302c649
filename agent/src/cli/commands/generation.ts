import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus generation …` */
export function generationCommand(terminal: Terminal): Command {
  return new Command('generation')
    .description('what models are writing')
    .addCommand(
      command('stop', 'end every request that runs or waits; models stay loaded').action(
        async (options: Common) => (await import('../generation.ts')).stopGeneration(terminal, options),
      ),
    );
}
