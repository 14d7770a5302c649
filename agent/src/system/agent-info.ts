import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import os from 'node:os';
import type { AgentInfo } from '@impetus/contracts';
import type { Config } from '../config/index.ts';

function versionOf(packageJson: string | undefined): string {
  if (packageJson === undefined) return 'unknown';
  return (JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string }).version;
}

/** What is known of the agent before it listens; `http` is added then. */
export type AgentFacts = Omit<AgentInfo, 'http'>;

export function agentFacts(config: Config): AgentFacts {
  return {
    name: config.name,
    version: versionOf(findPackageJSON('..', import.meta.url)),
    platform: os.platform(),
    arch: os.arch(),
    cpu: os.cpus()[0]?.model ?? 'unknown',
    node: process.version,
    // Read, not imported: the engine's code belongs in runners alone.
    engine: `node-llama-cpp ${versionOf(findPackageJSON('node-llama-cpp', import.meta.url))}`,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    home: config.home,
    modelsFolder: config.modelsFolder,
  };
}
