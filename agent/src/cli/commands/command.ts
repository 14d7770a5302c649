import { Command } from 'commander';

/** The options that every command has. */
export interface Common {
  readonly home?: string;
  readonly json?: boolean;
}

/** A command with the options that all have. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--home <folder>', 'the data folder of the agent (IMPETUS_HOME)')
    .option('--json', 'print JSON');
}
