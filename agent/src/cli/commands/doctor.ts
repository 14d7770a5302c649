import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { command, type Common } from './command.ts';

/** `impetus doctor …` */
export function doctorCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('doctor')
    .description('look at the agent as a careful owner would')
    .addCommand(
      command('security', 'list what is open; ends with 1 where something should be closed').action(
        async (options: Common) =>
          exitWith(await (await import('../doctor.ts')).doctorSecurity(terminal, options)),
      ),
    );
}
