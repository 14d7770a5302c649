import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('main.ts', import.meta.url));

/**
 * Writes the sample model to `path` in a process of its own, since computing it takes half a second and memory that
 * the caller would keep. Rejects with the errors of the file system.
 */
export function makeSampleModel(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, path], (error, _stdout, stderr) => {
      if (error === null) resolve();
      else reject(reported(stderr) ?? error);
    });
  });
}

/** The error that the program reported; null where it ended without a word. */
function reported(stderr: string): Error | null {
  try {
    const { code, message } = JSON.parse(stderr) as { code?: string; message: string };
    return Object.assign(new Error(message), { code });
  } catch {
    return null;
  }
}
