import { spawnSync } from 'node:child_process';
import { stripTypeScriptTypes } from 'node:module';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { findTool, tools, type ToolStep, type ToolTarget } from './index.ts';

const lan: ToolTarget = {
  origin: 'https://impetus-k4rt.local:8443',
  authority: 'impetus-authority.pem',
  key: 'imp_abcdefghjk_0123',
  model: { id: 'qwen3-coder-30b', name: 'Qwen3 Coder 30B', contextSize: 65_536, thinks: false },
};
const loopback: ToolTarget = {
  origin: 'http://localhost:8080',
  authority: null,
  key: 'imp_abcdefghjk_0123',
  // Ids come from the names of files.
  model: { id: `it's "a" $model: #1`, name: 'A “model” \\ of `mine`', contextSize: 2_048, thinks: true },
};

describe.each(tools)('$name', ({ id, steps }) => {
  it('is connected over https as it always was', async () => {
    await expect(steps(lan).map(readable).join('\n')).toMatchFileSnapshot(`golden/${id}.txt`);
  });

  it('is told the address, the key and the model', () => {
    for (const target of [lan, loopback]) {
      const all = values(steps(target)).join('\n');
      expect(all).toContain(target.origin);
      expect(all).toContain(target.key);
    }
    if (id !== 'open-webui') expect(values(steps(lan)).join('\n')).toContain(lan.model.id);
  });

  it('is told of the authority only where there is one', () => {
    expect(JSON.stringify(steps(loopback))).not.toMatch(/authority|CERT|cacert|\.pem/u);
  });

  it.each([lan, loopback])('is given texts that its parser takes, at $origin', (target) => {
    for (const step of steps(target)) expect(() => check(step)).not.toThrow();
  });
});

it('has the model’s id in the files, whatever stands in it', () => {
  const text = (id: string) =>
    findTool(id)
      ?.steps(loopback)
      .find(({ kind }) => kind === 'file');
  const { id } = loopback.model;
  const toml = text('codex');
  expect(toml?.kind === 'file' && parseToml(toml.text)).toMatchObject({ model: id });
  const yaml = text('continue');
  expect(yaml?.kind === 'file' && parseYaml(yaml.text)).toMatchObject({ models: [{ model: id }] });
  const json = text('opencode');
  expect(json?.kind === 'file' && JSON.parse(json.text)).toMatchObject({ model: `impetus/${id}` });
});

it('gives a shell the model’s id as one word', () => {
  const step = findTool('claude-code')?.steps(loopback)[0];
  const text = step?.kind === 'terminal' ? step.text : '';
  const { stdout } = spawnSync('sh', ['-c', `${text}\nprintf %s "$ANTHROPIC_MODEL"`], { encoding: 'utf8' });
  expect(stdout).toBe(loopback.model.id);
});

it('has ids that belong to an address, each once', () => {
  const ids = tools.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z-]+$/u);
});

function check(step: ToolStep): void {
  if (step.kind === 'form') return;
  if (step.kind === 'terminal') {
    const { status, stderr } = spawnSync('sh', ['-n'], { input: step.text, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return;
  }
  const parsers = {
    json: JSON.parse,
    toml: parseToml,
    yaml: parseYaml,
    typescript: stripTypeScriptTypes,
    python: parsePython,
  };
  parsers[step.language](step.text);
}

/** Where there is a Python; the text is the same everywhere but for the model’s id. */
function parsePython(text: string): void {
  const { status, stderr } = spawnSync('python3', ['-c', 'import ast,sys; ast.parse(sys.stdin.read())'], {
    input: text,
    encoding: 'utf8',
  });
  if (status !== null && status !== 0) throw new Error(stderr);
}

function values(steps: readonly ToolStep[]): string[] {
  return steps.flatMap((step) =>
    step.kind === 'form' ? step.fields.map(({ value }) => value) : [step.text],
  );
}

function readable(step: ToolStep): string {
  const note = step.note === undefined ? '' : `(${step.note})\n`;
  if (step.kind === 'form') {
    return `# ${step.where}\n${note}${step.fields.map(({ label, value }) => `${label}: ${value}\n`).join('')}`;
  }
  return `# ${step.kind === 'terminal' ? 'In a terminal' : step.path}\n${note}${step.text}\n`;
}
