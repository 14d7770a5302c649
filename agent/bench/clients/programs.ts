import type { ToolStep } from '@impetus/contracts';

/** A program that is connected as the page says, and asked once. */
export interface Program {
  /** Of the page’s tool. */
  readonly tool: string;
  /** What is installed for it; null: nothing, its steps say all. */
  readonly package: string | null;
  readonly binary: string;
  /** Arguments that make it take one turn without asking anybody. */
  readonly turn: (question: string) => readonly string[];
  /** Which of the page’s steps it takes; all where nothing is said. */
  readonly steps?: readonly ToolStep['kind'][];
  /** What keeps it from anything but its turn: updates, telemetry. */
  readonly quiet?: Readonly<Record<string, string>>;
}

/** In the order in which they are run. */
export const programs: readonly Program[] = [
  {
    tool: 'qwen-code',
    package: '@qwen-code/qwen-code',
    binary: 'qwen',
    turn: (question) => ['--approval-mode', 'plan', question],
  },
  {
    tool: 'opencode',
    package: 'opencode-ai',
    binary: 'opencode',
    turn: (question) => ['run', question],
    quiet: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
  },
  {
    tool: 'cline',
    package: 'cline',
    binary: 'cline',
    turn: (question) => ['--auto-approve', 'false', '--timeout', '240', question],
    steps: ['terminal'],
    quiet: { CLINE_NO_AUTO_UPDATE: '1' },
  },
  {
    tool: 'continue',
    package: '@continuedev/cli',
    binary: 'cn',
    turn: (question) => ['--print', question],
    quiet: { CONTINUE_TELEMETRY_ENABLED: '0' },
  },
  {
    tool: 'codex',
    package: '@openai/codex',
    binary: 'codex',
    turn: (question) => ['exec', '--skip-git-repo-check', question],
  },
  {
    tool: 'claude-code',
    package: '@anthropic-ai/claude-code',
    binary: 'claude',
    turn: (question) => ['--print', question],
    quiet: { DISABLE_AUTOUPDATER: '1' },
  },
  {
    tool: 'curl',
    package: null,
    // The step is the request itself.
    binary: 'true',
    turn: () => [],
  },
];
