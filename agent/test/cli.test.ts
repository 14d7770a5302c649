import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  runCli,
  startAgentProcess,
  temporaryFolder,
  type AgentProcess,
  type TemporaryFolder,
} from '@impetus/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: TemporaryFolder;
let agent: AgentProcess;
beforeAll(async () => {
  folder = await temporaryFolder();
  agent = await startAgentProcess({ home: join(folder.path, 'home') });
});
afterAll(async () => {
  await agent[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const cli = (...args: string[]) => runCli({ home: agent.home }, ...args);

describe('with an agent', () => {
  it('status tells how it is', async () => {
    const { code, stdout } = await cli('status');
    expect(code).toBe(0);
    expect(stdout).toContain(agent.url);
    expect(stdout).toContain(`Process ${agent.pid}`);
    expect(await agent.cli('status')).toMatchObject({ agent: { http: agent.url, pid: agent.pid } });
  });

  it('models ls lists', async () => {
    expect((await cli('models', 'ls')).stdout).toMatch(/^MODEL +KIND +SIZE +QUANT +ALIASES +STATE\n/);
    expect(Array.isArray(await agent.cli('models', 'ls'))).toBe(true);
  });

  it('a model that does not exist is refused in one sentence', async () => {
    const { code, stdout, stderr } = await cli('models', 'load', 'nothing');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^There is no model .*nothing.*\n$/);
  });

  it('keys are created, listed and revoked', async () => {
    const { id, key } = await agent.cli<{ id: string; key: string }>(
      'keys',
      'create',
      '--name',
      'Laptop',
      '--scopes',
      'infer, load',
    );
    expect(key).toBe(`imp_${id}_${key.split('_')[2]}`);
    expect((await cli('keys', 'ls')).stdout).toMatch(new RegExp(`${id} +Laptop +infer,load .*never`));
    expect((await cli('keys', 'revoke', id)).stdout).toBe(`The key ${id} is revoked.\n`);
    expect((await cli('keys', 'ls')).stdout).toMatch(new RegExp(`${id} .*revoked`));
  });

  it.each([
    [['keys', 'create', '--name', 'K', '--scopes', 'everything'], 'scope'],
    [['keys', 'create'], '--name'],
    [['keys', 'revoke', 'nobody'], 'nobody'],
    [['dance'], 'dance'],
    [['status', '--loud'], '--loud'],
  ])('%j is refused with the reason', async (args, reason) => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/ at .*\.ts/);
  });
});

describe('without an agent', () => {
  it('says so, with the folder and what to do', async () => {
    const home = join(folder.path, 'empty');
    const { code, stderr } = await runCli({ home }, 'status');
    expect([code, stderr]).toEqual([
      1,
      `No agent is running for this data folder (${home}); start it with \`npm start\`.\n`,
    ]);
  });

  it('does not mistake the traces of a killed one for it', async () => {
    const home = join(folder.path, 'killed');
    mkdirSync(home);
    const traces = { pid: 1, http: 'http://127.0.0.1:9', startedAt: '', credential: 'cli_old' };
    writeFileSync(join(home, 'agent.json'), JSON.stringify(traces));
    const { code, stderr } = await runCli({ home }, 'models', 'ls');
    expect(code).toBe(1);
    expect(stderr).toContain('No agent is running for this data folder');
  });
});
