import { mkdir, stat, statfs } from 'node:fs/promises';
import { ImpetusError } from '@impetus/contracts';

interface Claim {
  readonly device: number;
  readonly bytes: number;
  written: number;
}

/**
 * Keeps those who write large files from promising the same room twice: what was claimed and is not written yet
 * counts as taken. Files are sparse until they are full, so the disk itself does not know. `keptFree`: what is
 * always left, since a system without any room is in trouble.
 */
export function createDiskReserve(keptFree: () => number) {
  const claims = new Set<Claim>();
  return {
    /** Whether others have taken of what is always left. */
    async isBroached(folder: string) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize < keptFree();
    },
    /** Throws `disk_full` with both numbers where the disk would be left with less than the reserve. */
    async claim(folder: string, bytes: number, written = 0) {
      await mkdir(folder, { recursive: true });
      const [{ dev: device }, { bavail, bsize }] = await Promise.all([stat(folder), statfs(folder)]);
      const taken = [...claims]
        .filter((claim) => claim.device === device)
        .reduce((total, claim) => total + Math.max(0, claim.bytes - claim.written), 0);
      const free = Math.max(0, bavail * bsize - keptFree() - taken);
      if (bytes - written > free) throw diskFull(folder, bytes - written, free);
      const claim = { device, bytes, written };
      claims.add(claim);
      return {
        written(now: number) {
          claim.written = now;
        },
        [Symbol.dispose]() {
          claims.delete(claim);
        },
      };
    },
  };
}

function diskFull(folder: string, bytes: number, free: number): ImpetusError {
  return new ImpetusError(
    'disk_full',
    `The disk that holds ${folder} has room for ${inGigabytes(free)} more, with a reserve and what is under way taken off; ${inGigabytes(bytes)} are needed. Free some space.`,
  );
}

function inGigabytes(bytes: number): string {
  return bytes < 100_000_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
