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
  /** Its tool that shows a file, and what it is called with; null where it has none. */
  readonly reads: { readonly tool: string; readonly arguments: (file: string) => object } | null;
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
    reads: { tool: 'read_file', arguments: (file) => ({ file_path: file }) },
  },
  {
    tool: 'opencode',
    package: 'opencode-ai',
    binary: 'opencode',
    turn: (question) => ['run', question],
    reads: { tool: 'read', arguments: (file) => ({ filePath: file }) },
    quiet: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
  },
  {
    tool: 'cline',
    package: 'cline',
    binary: 'cline',
    turn: (question) => ['--timeout', '240', question],
    reads: { tool: 'read_files', arguments: (file) => ({ files: [{ path: file }] }) },
    steps: ['terminal'],
    quiet: { CLINE_NO_AUTO_UPDATE: '1' },
  },
  {
    tool: 'continue',
    package: '@continuedev/cli',
    binary: 'cn',
    turn: (question) => ['--print', question],
    reads: { tool: 'Read', arguments: (file) => ({ filepath: file }) },
    quiet: { CONTINUE_TELEMETRY_ENABLED: '0' },
  },
  {
    tool: 'codex',
    package: '@openai/codex',
    binary: 'codex',
    turn: (question) => ['exec', '--skip-git-repo-check', question],
    reads: { tool: 'exec_command', arguments: (file) => ({ cmd: `cat ${file}` }) },
  },
  {
    tool: 'claude-code',
    package: '@anthropic-ai/claude-code',
    binary: 'claude',
    turn: (question) => ['--print', question],
    reads: { tool: 'Read', arguments: (file) => ({ file_path: file }) },
    quiet: { DISABLE_AUTOUPDATER: '1' },
  },
  {
    tool: 'curl',
    package: null,
    // The step is the request itself.
    binary: 'true',
    turn: () => [],
    reads: null,
  },
];
