import { readFileSync } from 'node:fs';
import { ImpetusError } from '@impetus/contracts';
import type { Environment } from './paths.ts';
import type { FieldName } from './schema.ts';

export type Flags = Partial<Readonly<Record<FieldName, string>>>;

/** A chosen value and where it was chosen, for messages. */
export interface Choice {
  readonly value: unknown;
  readonly source: string;
  readonly secret: boolean;
}

export type Choices = Partial<Record<FieldName, Choice>>;

const variables: Readonly<Record<FieldName, string>> = {
  home: 'IMPETUS_HOME',
  models: 'IMPETUS_MODELS',
  name: 'IMPETUS_NAME',
  httpPort: 'IMPETUS_HTTP_PORT',
  httpsPort: 'IMPETUS_HTTPS_PORT',
  lan: 'IMPETUS_LAN',
  mdns: 'IMPETUS_MDNS',
  logLevel: 'IMPETUS_LOG_LEVEL',
  hubEndpoint: 'HF_ENDPOINT',
  hubToken: 'HF_TOKEN',
  hfHome: 'HF_HOME',
  hfHubCache: 'HF_HUB_CACHE',
  ollamaModels: 'OLLAMA_MODELS',
  lmStudioModels: 'IMPETUS_LMSTUDIO_MODELS',
  otherApps: 'IMPETUS_OTHER_APPS',
  threads: 'IMPETUS_THREADS',
  contextSize: 'IMPETUS_CONTEXT_SIZE',
  sequences: 'IMPETUS_SEQUENCES',
  warmRunner: 'IMPETUS_WARM_RUNNER',
};

const names = Object.keys(variables) as FieldName[];

const flagOf = (name: FieldName) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Command-line flags over environment variables; an empty variable counts as unset. */
export function fromCommandLine(flags: Flags, env: Environment): Choices {
  const choices: Choices = {};
  for (const name of names) {
    const variable = variables[name];
    const value = flags[name] ?? (env[variable] || undefined);
    if (value === undefined) continue;
    const source = flags[name] === undefined ? variable : flagOf(name);
    choices[name] = { value, source, secret: name === 'hubToken' };
  }
  return choices;
}

/** The config file's choices; none where there is no file. */
export function fromFile(path: string): Choices {
  const content = readConfigFile(path);
  const choices: Choices = {};
  for (const [key, value] of Object.entries(content)) {
    const name = names.find((known) => known === key);
    if (name === undefined || name === 'home') throw unknownField(key, path);
    choices[name] = { value, source: `“${name}” in ${path}`, secret: name === 'hubToken' };
  }
  return choices;
}

function readConfigFile(path: string): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A data folder that is itself a file is reported where the folder is prepared.
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw new ImpetusError('invalid_request', `The config file ${path} cannot be read (${code}).`);
  }
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  } catch (error) {
    const reason = (error as Error).message;
    throw new ImpetusError('invalid_request', `The config file ${path} is not valid JSON: ${reason}.`);
  }
  throw new ImpetusError('invalid_request', `The config file ${path} must hold a JSON object.`);
}

function unknownField(key: string, path: string): ImpetusError {
  const known = names.filter((name) => name !== 'home').join(', ');
  return new ImpetusError(
    'invalid_request',
    `“${key}” in ${path} is not a setting. The settings there are ${known}.`,
  );
}
