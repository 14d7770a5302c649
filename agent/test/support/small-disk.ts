import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command: string, ...args: readonly string[]) => execFileSync(command, args, { stdio: 'ignore' });

/** Why disks cannot be mounted here, as the reason for which a test is skipped; null where they can. */
export function whyNoMounts(): string | null {
  if (process.platform !== 'linux') return 'it mounts a small disk, which is done on Linux alone';
  const place = mkdtempSync(join(tmpdir(), 'impetus-mount-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place);
    run('umount', place);
    return null;
  } catch {
    return 'it mounts a small disk, which this user may not';
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A disk of its own in memory, which can be taken away from where it is mounted and brought back as it was. */
export interface SmallDisk extends Disposable {
  /** Where it is always reached, mounted or not. */
  readonly path: string;
  attach(): void;
  /** As if it was pulled: whoever has a file of it open keeps it. */
  detach(): void;
}

/** A disk of so many bytes, mounted at a folder, which is made. */
export function smallDisk(at: string, bytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'impetus-disk-'));
  mkdirSync(at, { recursive: true });
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path);
  let attached = false;
  const disk = {
    path,
    attach() {
      run('mount', '--bind', path, at);
      attached = true;
    },
    detach() {
      run('umount', '--lazy', at);
      attached = false;
    },
    [Symbol.dispose]() {
      if (attached) disk.detach();
      run('umount', '--lazy', path);
      rmSync(path, { recursive: true, force: true });
    },
  };
  disk.attach();
  return disk;
}
