import { join, resolve } from 'node:path';

/** What defaults depend on; given, so that tests can be on any computer. */
export interface Computer {
  readonly platform: NodeJS.Platform;
  readonly homedir: string;
  readonly hostname: string;
  readonly cwd: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the agent keeps its data unless told otherwise. */
export function defaultHome(computer: Computer, env: Environment): string {
  if (computer.platform === 'darwin') {
    return join(computer.homedir, 'Library', 'Application Support', 'Impetus');
  }
  const data = env['XDG_DATA_HOME'];
  // The XDG specification: a relative path is to be ignored.
  return join(data?.startsWith('/') ? data : join(computer.homedir, '.local', 'share'), 'impetus');
}

/** An absolute path; a leading ~ is the home folder, also where no shell has replaced it. */
export function absolutePath(path: string, computer: Computer): string {
  const expanded = path === '~' || path.startsWith('~/') ? join(computer.homedir, path.slice(1)) : path;
  return resolve(computer.cwd, expanded);
}

/** What lies in the data folder. */
export function homeFiles(home: string) {
  return {
    config: join(home, 'config.json'),
    database: join(home, 'impetus.db'),
    backups: join(home, 'backups'),
    lock: join(home, 'agent.lock'),
    announcement: join(home, 'agent.json'),
    logs: join(home, 'logs'),
    /** The name, the authority and the certificate of the https listener. */
    trust: join(home, 'secrets', 'trust.json'),
    /** The token for the Hub lies in it, apart from all settings. */
    secrets: join(home, 'secrets'),
    /** Headers of models on the Hub, while the agent runs. */
    hubHeaders: join(home, 'hub-headers'),
    accessTokenKeys: join(home, 'secrets', 'access-token-keys.json'),
    /** Where the agent keeps the model that it makes itself. */
    sample: join(home, 'sample'),
    /** Where runners keep the states of idle sequences. */
    promptCache: join(home, 'prompt-cache'),
  } as const;
}
