/** What a command of the CLI did. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The part of the agent's `cli/program.ts` that is used here; imported by its place, since no package has it. */
interface Program {
  readonly run: (argv: readonly string[], terminal: object) => Promise<number>;
}

const program = new URL('../../../agent/src/cli/program.ts', import.meta.url).href;

/**
 * Runs `impetus <args>` in this process: a process of its own takes ten times as long, and the commands that tests
 * use as their tools need none. Tests of the CLI itself start the real one.
 */
export async function runCommand(env: NodeJS.ProcessEnv, ...args: string[]): Promise<CliResult> {
  const { run } = (await import(program)) as Program;
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    env,
    out: (line: string) => (stdout += `${line}\n`),
    note: (line: string) => (stderr += `${line}\n`),
    interactive: false,
    readSecret: () => Promise.reject(new Error('Nobody sits at this terminal.')),
    progress: () => {},
    ask: () => Promise.resolve(null),
    stopRequested: () => new AbortController().signal,
  });
  return { code, stdout, stderr };
}
