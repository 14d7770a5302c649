import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import type { Flags } from '../config/sources.ts';
import { loginCommand, logoutCommand, pairCommand } from './commands/access.ts';
import { command, type Common } from './commands/command.ts';
import { downloadsCommand } from './commands/downloads.ts';
import { doctorCommand } from './commands/doctor.ts';
import { generationCommand } from './commands/generation.ts';
import { hubCommand, pullCommand, searchCommand } from './commands/hub.ts';
import { keysCommand } from './commands/keys.ts';
import { modelsCommand } from './commands/models.ts';
import { ownerCommand } from './commands/owner.ts';
import { requestsCommand } from './commands/requests.ts';
import { settingsCommand } from './commands/settings.ts';
import { trustCommand } from './commands/trust.ts';
import type { Terminal } from './terminal.ts';

/** Each command loads its own code when it runs: asking for the status needs no server. */
function createProgram(terminal: Terminal, exitWith: (code: number) => void): Command {
  const serve = command('serve', 'run the agent until it is stopped')
    .option('--http-port <port>', 'the port on this computer; 0 takes a free one (IMPETUS_HTTP_PORT)')
    .option('--https-port <port>', 'the port for other devices; 0 takes a free one (IMPETUS_HTTPS_PORT)')
    .option('--lan <on>', '0 keeps other devices out (IMPETUS_LAN)')
    .option('--models <folder>', 'where models are (IMPETUS_MODELS)')
    .option('--name <name>', 'how screens name this computer (IMPETUS_NAME)')
    .option('--log-level <level>', 'debug, info, warn, error or silent (IMPETUS_LOG_LEVEL)')
    .action(async ({ json = false, ...flags }: Flags & { readonly json?: boolean }) => {
      exitWith(await (await import('./serve.ts')).serve(terminal, flags, json));
    });

  const status = command('status', 'tell how the agent is').action(async ({ home, json = false }: Common) =>
    (await import('./status.ts')).status(terminal, home, json),
  );

  const program = new Command('impetus').description('The model server of this computer.');
  const nouns = [
    modelsCommand,
    searchCommand,
    pullCommand,
    downloadsCommand,
    hubCommand,
    generationCommand,
    requestsCommand,
    keysCommand,
    ownerCommand,
    settingsCommand,
    pairCommand,
    loginCommand,
    logoutCommand,
    trustCommand,
  ];
  const doctor = doctorCommand(terminal, exitWith);
  for (const child of [serve, status, doctor, ...nouns.map((noun) => noun(terminal))])
    program.addCommand(child);
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
