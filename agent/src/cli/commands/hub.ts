import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import type { PullOptions } from '../pull.ts';
import type { SearchOptions } from '../search.ts';
import { command, type Common } from './command.ts';

/** `impetus search <words>` */
export function searchCommand(terminal: Terminal): Command {
  return command('search', 'search the Hugging Face Hub for models')
    .argument('[words...]')
    .option('--sort <order>', 'trending, downloads, likes, updated or created')
    .option('--author <name>', 'of this account alone')
    .option('--licence <id>', 'such as apache-2.0')
    .option('--task <id>', 'such as text-generation')
    .option('--fits', 'those alone that are likely to fit this machine')
    .option('--any-format', 'those without a GGUF file too')
    .option('--limit <number>', 'how many, 20 without it')
    .action(async (words: string[], options: SearchOptions) =>
      (await import('../search.ts')).search(terminal, words.join(' '), options),
    );
}

/** `impetus pull <owner/name>[:quant]` */
export function pullCommand(terminal: Terminal): Command {
  return command('pull', 'download a model from the Hub; without a quant, the one that suits this machine')
    .argument('<owner/name[:quant]>')
    .option('--revision <name>', 'a branch, a tag or a commit')
    .option('--priority <level>', 'high, normal or low')
    .option('--wait', 'end when it is in the library, or with an error when it failed')
    .action(async (name: string, options: PullOptions) =>
      (await import('../pull.ts')).pull(terminal, name, options),
    );
}

/** `impetus hub …` */
export function hubCommand(terminal: Terminal): Command {
  return new Command('hub')
    .description('the account on the Hugging Face Hub')
    .addCommand(
      command('login', 'keep a token, which is read from the standard input').action(
        async (options: Common) => (await import('../hub-account.ts')).login(terminal, options),
      ),
    )
    .addCommand(
      command('logout', 'forget the token').action(async (options: Common) =>
        (await import('../hub-account.ts')).logout(terminal, options),
      ),
    )
    .addCommand(
      command('whoami', 'tell whose token it is').action(async (options: Common) =>
        (await import('../hub-account.ts')).whoami(terminal, options),
      ),
    );
}
