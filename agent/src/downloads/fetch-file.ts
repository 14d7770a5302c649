import { unlessAborted } from '../platform/deadline.ts';
import type { Digests, FileDigest } from './digest/digests.ts';
import { TransferError } from './transfer/errors.ts';
import { findWrong } from './transfer/find-wrong.ts';
import type { PartFile } from './transfer/part-file.ts';
import { bytesIn, frontierOf, gapsIn } from './transfer/ranges.ts';
import { transfer, type TransferOptions } from './transfer/transfer.ts';

export interface FetchFileOptions extends Omit<TransferOptions, 'onVerified'> {
  readonly digests: Pick<Digests, 'open'>;
  /** So many of its bytes are proven. */
  readonly onVerified: (bytes: number) => void;
  /** All bytes are there, and the last are being checked. */
  readonly onFinishing: () => void;
}

/** How often a file that is not what the Hub lists is looked through for what came wrong. */
const mostRepairs = 3;

/** Fetches a file until it is whole, on the disk, and what the Hub lists. Answers its SHA-256. */
export async function fetchFile(options: FetchFileOptions): Promise<string> {
  const { part } = options;
  for (let repairs = 0; ; repairs += 1) {
    const sha256 = await fetchOnce(options);
    if (part.header.sha256 === null || sha256 === part.header.sha256) {
      await part.complete();
      return sha256;
    }
    const wrong = repairs < mostRepairs ? await findWrong(options) : [];
    if (wrong.length === 0) {
      // None of it can be trusted any more.
      await part.drop([{ from: 0, to: part.header.size }]);
      throw new TransferError(
        'nonsense',
        'The file came as a whole, but it is not the one that the Hub lists: their SHA-256 differ.',
      );
    }
    await part.drop(wrong);
  }
}

/** Fetches what is missing, with the digest close behind. What an earlier run left is proven meanwhile. */
async function fetchOnce(options: FetchFileOptions): Promise<string> {
  const { part, digests, signal, onVerified, onFinishing } = options;
  const { size } = part.header;
  using digest = digests.open(part.path, part.segments);
  const follower = new Follower(part, digest);
  const proven = follower.prove();
  const told = () => {
    follower.advance();
    onVerified(bytesIn(part.verified));
  };
  // Whoever waits for it below hears of a failure; until then it must not count as unheard.
  proven.catch(() => {});
  onVerified(bytesIn(part.verified));
  do {
    if (gapsIn(part.verified, size).length > 0) await transfer({ ...options, onVerified: told });
    // Reading what is there of a large file takes a while, and whoever stops the download is not to wait for it.
    await unlessAborted(proven, signal);
  } while (gapsIn(part.verified, size).length > 0);
  onFinishing();
  follower.advance();
  return await unlessAborted(digest.finish(size), signal);
}

/** Lets the digest go as far as the file has no gap, once what was there before is proven. */
class Follower {
  readonly #part: PartFile;
  readonly #digest: FileDigest;
  #proven = false;

  constructor(part: PartFile, digest: FileDigest) {
    this.#part = part;
    this.#digest = digest;
  }

  async prove(): Promise<void> {
    const bad = await this.#digest.checked;
    if (bad.length > 0) await this.#part.drop(bad);
    this.#proven = true;
    this.advance();
  }

  advance(): void {
    if (this.#proven) this.#digest.advance(frontierOf(this.#part.verified));
  }
}
