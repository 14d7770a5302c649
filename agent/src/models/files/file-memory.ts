import type { Db } from '../../db/connection.ts';
import { lookInto, type FullLook } from './look.ts';
import { identityOf } from './stamp.ts';
import type { FileLook, FileStamp } from './types.ts';

/** Rises when the code that looks into files sees more, so that they are looked into again. */
const reader = 2;

/** Rows in one statement; SQLite takes 32,766 parameters. */
const rowsAtOnce = 500;

interface Known {
  readonly path: string;
  readonly identity: string;
  readonly look: FileLook;
}

type Fresh = Known & { readonly chatTemplate: string | null };

/**
 * What was seen in files and what they hash to, so that a library of thousands is listed without opening one of
 * them. A file that was renamed is known by its inode.
 */
export class FileMemory {
  readonly #db: Db;
  readonly #byPath = new Map<string, Known>();
  readonly #byIdentity = new Map<string, Known>();
  readonly #hashes = new Map<string, string>();
  #fresh: Fresh[] = [];

  private constructor(db: Db) {
    this.#db = db;
  }

  static async open(db: Db): Promise<FileMemory> {
    const memory = new FileMemory(db);
    const rows = await db
      .selectFrom('model_files')
      .select(['path', 'identity', 'look'])
      .where('reader', '=', reader)
      .execute();
    for (const { path, identity, look } of rows) {
      memory.#hold({ path, identity, look: JSON.parse(look) as FileLook });
    }
    const hashes = await db.selectFrom('file_hashes').selectAll().execute();
    for (const { identity, sha256 } of hashes) memory.#hashes.set(identity, sha256);
    return memory;
  }

  /** What is in the file, from memory where it is still the same. */
  async look(stamp: FileStamp): Promise<FileLook> {
    const identity = identityOf(stamp);
    const known = this.#byPath.get(stamp.path);
    if (known?.identity === identity) return known.look;
    const full = await this.#lookAgain(stamp, identity);
    const fresh = { path: stamp.path, identity, look: full.look, chatTemplate: full.chatTemplate };
    this.#hold(fresh);
    this.#fresh.push(fresh);
    return full.look;
  }

  async #lookAgain(stamp: FileStamp, identity: string): Promise<FullLook> {
    const known = this.#byIdentity.get(identity);
    // The words for a file that is no model depend on its name.
    if (known === undefined || known.look.facts === null) return lookInto(stamp);
    return { look: known.look, chatTemplate: await this.chatTemplate(known.path) };
  }

  /** Null where the file brings none, or was never looked into. */
  async chatTemplate(path: string): Promise<string | null> {
    const fresh = this.#fresh.find((file) => file.path === path);
    if (fresh !== undefined) return fresh.chatTemplate;
    const row = await this.#db
      .selectFrom('model_files')
      .select('chat_template')
      .where('path', '=', path)
      .executeTakeFirst();
    return row?.chat_template ?? null;
  }

  /** Writes what was seen since the last time. */
  async keep(): Promise<void> {
    const fresh = [...this.#fresh];
    for (let start = 0; start < fresh.length; start += rowsAtOnce) {
      const rows = fresh.slice(start, start + rowsAtOnce).map(({ path, identity, look, chatTemplate }) => ({
        path,
        identity,
        reader,
        look: JSON.stringify(look),
        chat_template: chatTemplate,
      }));
      await this.#db.replaceInto('model_files').values(rows).execute();
    }
    this.#fresh = this.#fresh.slice(fresh.length);
  }

  hashOf(stamp: FileStamp): string | null {
    return this.#hashes.get(identityOf(stamp)) ?? null;
  }

  async keepHash(stamp: FileStamp, sha256: string): Promise<void> {
    const identity = identityOf(stamp);
    if (this.#hashes.get(identity) === sha256) return;
    this.#hashes.set(identity, sha256);
    await this.#db.replaceInto('file_hashes').values({ identity, sha256 }).execute();
  }

  #hold({ path, identity, look }: Known): void {
    const known = { path, identity, look };
    this.#byPath.set(path, known);
    this.#byIdentity.set(identity, known);
  }
}
