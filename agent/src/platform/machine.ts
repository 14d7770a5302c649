import { execFileSync } from 'node:child_process';
import os from 'node:os';

/** What decides how a model is held in memory. */
export interface Machine {
  readonly threads: number;
  readonly totalMemoryBytes: number;
  readonly platform: NodeJS.Platform;
}

/** The fast cores of an Apple chip: a thread on an efficiency core holds up all others at every step. */
function performanceCores(): number | null {
  try {
    const answer = execFileSync('/usr/sbin/sysctl', ['-n', 'hw.perflevel0.physicalcpu'], {
      encoding: 'utf8',
    });
    return Number.parseInt(answer, 10) || null;
  } catch {
    return null;
  }
}

/**
 * This computer, with as many threads as are chosen, or else as are good for it: elsewhere than on a Mac one core
 * is left to the agent, since a step whose threads are not all running waits for the one that is not.
 */
export function thisMachine(threads: number | null): Machine {
  const platform = os.platform();
  const fast = platform === 'darwin' ? performanceCores() : null;
  return {
    threads: threads ?? fast ?? Math.max(1, os.availableParallelism() - 1),
    totalMemoryBytes: os.totalmem(),
    platform,
  };
}
