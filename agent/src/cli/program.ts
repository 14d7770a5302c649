import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import type { Flags } from '../config/sources.ts';
import type { Terminal } from './terminal.ts';

interface Common {
  readonly home?: string;
  readonly json?: boolean;
}

/** A command with the options that all have. */
function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--home <folder>', 'the data folder of the agent (IMPETUS_HOME)')
    .option('--json', 'print JSON');
}

/** Each command loads its own code when it runs: asking for the status needs no server. */
function createProgram(terminal: Terminal, exitWith: (code: number) => void): Command {
  const serve = command('serve', 'run the agent until it is stopped')
    .option('--http-port <port>', 'the port on this computer; 0 takes a free one (IMPETUS_HTTP_PORT)')
    .option('--models <folder>', 'where models are (IMPETUS_MODELS)')
    .option('--name <name>', 'how screens name this computer (IMPETUS_NAME)')
    .option('--log-level <level>', 'debug, info, warn, error or silent (IMPETUS_LOG_LEVEL)')
    .action(async ({ json = false, ...flags }: Flags & { readonly json?: boolean }) => {
      exitWith(await (await import('./serve.ts')).serve(terminal, flags, json));
    });

  const status = command('status', 'tell how the agent is').action(async ({ home, json = false }: Common) =>
    (await import('./status.ts')).status(terminal, home, json),
  );

  const models = new Command('models')
    .description('list, load and unload models')
    .addCommand(
      command('ls', 'list the models').action(async ({ home, json = false }: Common) =>
        (await import('./models.ts')).listModels(terminal, home, json),
      ),
    )
    .addCommand(
      command('load', 'load a model and wait until it is ready')
        .argument('<model>')
        .action(async (id: string, options: Common) =>
          (await import('./models.ts')).loadModel(terminal, id, options),
        ),
    )
    .addCommand(
      command('unload', 'give the memory of a model back')
        .argument('<model>')
        .option('--now', 'end running requests instead of waiting for them')
        .action(async (id: string, options: Common & { readonly now?: boolean }) =>
          (await import('./models.ts')).unloadModel(terminal, id, options),
        ),
    );

  const keys = new Command('keys')
    .description('create, list and revoke API keys')
    .addCommand(
      command('create', 'create a key and print it')
        .requiredOption('--name <name>', 'what the key is for')
        .option('--scopes <list>', 'comma-separated: infer, load, download, remove, admin')
        .action(async (options: Common & { readonly name: string; readonly scopes?: string }) =>
          (await import('./keys.ts')).createKey(terminal, options),
        ),
    )
    .addCommand(
      command('ls', 'list the keys').action(async ({ home, json = false }: Common) =>
        (await import('./keys.ts')).listKeys(terminal, home, json),
      ),
    )
    .addCommand(
      command('revoke', 'make a key worthless at once')
        .argument('<id>')
        .action(async (id: string, options: Common) =>
          (await import('./keys.ts')).revokeKey(terminal, id, options),
        ),
    );

  const program = new Command('impetus').description('The model server of this computer.');
  for (const child of [serve, status, models, keys]) program.addCommand(child);
  return program;
}

/** Inherited settings do not reach commands that are added ready-made, so each is set here. */
function settle(parent: Command, terminal: Terminal): void {
  const trimmed = (write: (line: string) => void) => (text: string) => write(text.trimEnd());
  parent.exitOverride().configureOutput({
    writeOut: trimmed((line) => terminal.out(line)),
    writeErr: trimmed((line) => terminal.note(line)),
  });
  for (const child of parent.commands) settle(child, terminal);
}

function explain(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}

/** Runs one command line. Answers the exit code; a mistake of the user's is a sentence, never a stack. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  settle(program, terminal);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    terminal.note(explain(error));
    return 1;
  }
}
