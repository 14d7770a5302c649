import type { SecurityFinding } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import type { Terminal } from './terminal.ts';

const marks: Readonly<Record<SecurityFinding['level'], string>> = {
  fine: 'ok  ',
  note: 'note',
  warning: 'WARN',
};

/** Lists what is open. Answers 1 where something should be closed. */
export async function doctorSecurity(terminal: Terminal, { home, json }: Common): Promise<number> {
  const findings = await askAgent(terminal, home, (agent) => agent.audit.doctor.query());
  if (json) terminal.out(JSON.stringify(findings));
  else for (const finding of findings) terminal.out(lineOf(finding));
  return findings.some(({ level }) => level === 'warning') ? 1 : 0;
}

function lineOf({ level, what, remedy }: SecurityFinding): string {
  return `${marks[level]}  ${what}${remedy === null ? '' : `\n      ${remedy}`}`;
}
