import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { writeAll } from '../../platform/write-all.ts';
import {
  decodeJournal,
  encodeHeader,
  encodeSegment,
  type JournalHeader,
  type Segment,
} from './journal-format.ts';
import { addRange, bytesIn, removeRange, type Range, type Ranges } from './ranges.ts';

/** A segment grows until it is this long: what comes wrong is fetched again by segments. */
const segmentBytes = 1024 * 1024;

/**
 * A file that is being fetched, and the journal of what of it is there. A range is written first, then recorded with
 * the CRC-32 of its bytes: whatever the journal names can be proven, after a crash too.
 */
export class PartFile implements AsyncDisposable {
  readonly path: string;
  readonly header: JournalHeader;
  readonly #journalPath: string;
  readonly #data: FileHandle;
  #journal: FileHandle;
  #journalEnd: number;
  /** By where they begin. */
  #segments: Map<number, Segment>;
  /** Those that are short and may grow, by where they end. */
  readonly #growing = new Map<number, Segment>();
  #verified: Ranges;
  #last: Promise<unknown> = Promise.resolve();
  #dirty = false;

  private constructor(
    paths: { readonly data: string; readonly journal: string },
    files: { readonly data: FileHandle; readonly journal: FileHandle },
    header: JournalHeader,
    found: { readonly segments: readonly Segment[]; readonly soundBytes: number },
  ) {
    this.path = paths.data;
    this.#journalPath = paths.journal;
    this.#data = files.data;
    this.#journal = files.journal;
    this.header = header;
    this.#segments = byStart(found.segments);
    this.#journalEnd = found.soundBytes;
    this.#verified = found.segments.reduce<Ranges>(addRange, []);
  }

  /** Goes on with what is there if it is of the same content; begins anew otherwise. */
  static async open(base: string, header: JournalHeader): Promise<PartFile> {
    const paths = { data: `${base}.part`, journal: `${base}.journal` };
    const data = await openOrCreate(paths.data);
    try {
      const journal = await openOrCreate(paths.journal);
      try {
        const found = decodeJournal(await journal.readFile());
        const { size } = await data.stat();
        if (found !== null && sameContent(found.header, header)) {
          // Of what was recorded, the data file may have lost its end with the power.
          const segments = found.segments.filter(({ to }) => to <= size);
          return new PartFile(paths, { data, journal }, header, { ...found, segments });
        }
        await data.truncate(0);
        await journal.truncate(0);
        const first = encodeHeader(header);
        await writeAll(journal, first, 0);
        return new PartFile(paths, { data, journal }, header, { segments: [], soundBytes: first.length });
      } catch (error) {
        await journal.close();
        throw error;
      }
    } catch (error) {
      await data.close();
      throw error;
    }
  }

  get verified(): Ranges {
    return this.#verified;
  }

  get segments(): readonly Segment[] {
    return [...this.#segments.values()];
  }

  /** Resolves when the bytes are in the file and in the journal: from then on they are not fetched again. */
  async write(from: number, bytes: Uint8Array): Promise<void> {
    await writeAll(this.#data, bytes, from);
    this.#dirty = true;
    await this.#inTurn(async () => {
      const segment = this.#grown(from, bytes);
      const record = encodeSegment(segment);
      await writeAll(this.#journal, record, this.#journalEnd);
      this.#journalEnd += record.length;
      this.#segments.set(segment.from, segment);
      this.#growing.delete(from);
      if (segment.to - segment.from < segmentBytes) this.#growing.set(segment.to, segment);
      this.#verified = addRange(this.#verified, segment);
    });
  }

  /** On a slow link pieces are small, and a large file would have millions: the one that ends here goes on. */
  #grown(from: number, bytes: Uint8Array): Segment {
    const before = this.#growing.get(from) ?? { from, crc: 0 };
    return { from: before.from, to: from + bytes.length, crc: crc32(bytes, before.crc) };
  }

  /** Forgets segments that turned out not to be what they should: they are fetched again, and they alone. */
  async drop(bad: readonly Range[]): Promise<void> {
    await this.#inTurn(async () => {
      const touches = ({ from, to }: Range) => bad.some((range) => range.from < to && range.to > from);
      const left = this.segments.filter((segment) => !touches(segment));
      this.#segments = byStart(left);
      this.#growing.clear();
      const content = Buffer.concat([encodeHeader(this.header), ...left.map(encodeSegment)]);
      const draft = `${this.#journalPath}.new`;
      const journal = await open(draft, 'w+', 0o600);
      await journal.writeFile(content);
      await journal.datasync();
      await rename(draft, this.#journalPath);
      await this.#journal.close();
      this.#journal = journal;
      this.#journalEnd = content.length;
      const kept = left.reduce<Ranges>(addRange, []);
      this.#verified = bad.reduce<Ranges>(removeRange, kept);
    });
  }

  /** Puts on the disk what was written since the last time. */
  async sync(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    await this.#data.datasync();
  }

  /** All of it on the disk, at exactly the length that it should have. */
  async complete(): Promise<void> {
    await this.#data.truncate(this.header.size);
    await this.#data.sync();
    this.#dirty = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last.catch(() => {});
    await this.#data.close();
    await this.#journal.close();
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}

function byStart(segments: readonly Segment[]): Map<number, Segment> {
  return new Map(segments.map((segment) => [segment.from, segment]));
}

/** How many bytes the journal of a partial file names; 0 where there is none. */
export async function provenBytes(base: string): Promise<number> {
  const content = await readFile(`${base}.journal`).catch(() => Buffer.alloc(0));
  return bytesIn((decodeJournal(content)?.segments ?? []).reduce<Ranges>(addRange, []));
}

function sameContent(a: JournalHeader, b: JournalHeader): boolean {
  if (a.repo !== b.repo || a.path !== b.path || a.size !== b.size || a.sha256 !== b.sha256) return false;
  // With a digest the content is known whatever the commit; without one only the commit tells.
  return a.sha256 !== null || a.revision === b.revision;
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return open(path, 'wx+', 0o644);
  }
}
