import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Takes the data folder for this process, or answers null when another one has it. The lock is the operating
 * system's own, held through SQLite, so that it is gone the moment the process is, however it ended.
 */
export function lockInstance(path: string): Disposable | null {
  const sqlite = new Database(path, { timeout: 0 });
  try {
    chmodSync(path, 0o600);
    sqlite.pragma('locking_mode = EXCLUSIVE');
    // Nothing is ever written, so there must be no journal file either.
    sqlite.pragma('journal_mode = MEMORY');
    sqlite.exec('begin exclusive');
  } catch (error) {
    sqlite.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return { [Symbol.dispose]: () => sqlite.close() };
}
