import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImpetusError } from '@impetus/contracts';
import type { z } from 'zod';
import { otherApps, type OtherApps } from './other-apps.ts';
import { absolutePath, defaultHome, homeFiles, type Computer, type Environment } from './paths.ts';
import { proxyIn, type Proxy } from './proxy.ts';
import { configFields, type FieldName, type ConfigValues } from './schema.ts';
import { Secret } from './secret.ts';
import { fromCommandLine, fromFile, type Choices, type Flags } from './sources.ts';

export { homeFiles } from './paths.ts';
export type { Proxy } from './proxy.ts';
export { Secret } from './secret.ts';

/** What the operator chose, checked and complete. */
export interface Config {
  /** The data folder. */
  readonly home: string;
  readonly modelsFolder: string;
  /** Where other programs keep models; empty where the operator switched that off. */
  readonly otherApps: OtherApps;
  /** How screens name this computer. */
  readonly name: string;
  /** 0 takes a free one. */
  readonly httpPort: number;
  /** The https listener for other devices; null keeps them out. */
  readonly lan: { readonly port: number; readonly mdns: boolean } | null;
  readonly logLevel: ConfigValues['logLevel'];
  readonly hub: { readonly endpoint: string; readonly token: Secret | null };
  /** What stands between this network and the Hub; null where nothing does. */
  readonly proxy: Proxy | null;
  /** How runners hold their models, where the operator decides; null leaves it to the agent. */
  readonly runner: {
    readonly threads: number | null;
    readonly contextSize: number | null;
    readonly sequences: number | null;
    /** Whether an empty runner is kept ready. */
    readonly warm: boolean | null;
  };
  /** The built page. */
  readonly appFolder: string;
}

const builtApp = fileURLToPath(new URL('../../../apps/pwa/dist', import.meta.url));

function thisComputer(): Computer {
  return { platform: os.platform(), homedir: os.homedir(), hostname: os.hostname(), cwd: process.cwd() };
}

/** The message of the first thing that is wrong, naming the setting, where it was chosen, and its value. */
function refusal(error: z.ZodError, choices: Choices): ImpetusError {
  const issue = error.issues[0];
  const choice = choices[issue?.path[0] as FieldName];
  const found = choice?.secret ? '' : `; it is ${JSON.stringify(choice?.value)?.replaceAll('"', "'")}`;
  return new ImpetusError('invalid_request', `${choice?.source} must be ${issue?.message}${found}.`);
}

function validate(choices: Choices): ConfigValues {
  const values = Object.fromEntries(Object.entries(choices).map(([name, choice]) => [name, choice.value]));
  const result = configFields.safeParse(values);
  if (!result.success) throw refusal(result.error, choices);
  return result.data;
}

/** Flags over environment over `config.json` in the data folder over defaults. Throws the first mistake. */
export function readConfig(flags: Flags, env: Environment, computer: Computer = thisComputer()): Config {
  const chosen = fromCommandLine(flags, env);
  const home = absolutePath(validate(chosen).home ?? defaultHome(computer, env), computer);
  const settings = validate({ ...fromFile(homeFiles(home).config), ...chosen });
  return {
    home,
    modelsFolder: absolutePath(settings.models ?? join(computer.homedir, 'Models'), computer),
    otherApps: otherApps(settings, computer, env),
    name: settings.name ?? computer.hostname.replace(/\.local$/i, ''),
    httpPort: settings.httpPort,
    lan: settings.lan ? { port: settings.httpsPort, mdns: settings.mdns } : null,
    logLevel: settings.logLevel,
    hub: {
      endpoint: settings.hubEndpoint,
      token: settings.hubToken === undefined ? null : new Secret(settings.hubToken),
    },
    proxy: proxyIn(env),
    runner: {
      threads: settings.threads ?? null,
      contextSize: settings.contextSize ?? null,
      sequences: settings.sequences ?? null,
      warm: settings.warmRunner ?? null,
    },
    appFolder: builtApp,
  };
}
