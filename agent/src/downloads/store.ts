import type { DownloadPriority, WireError } from '@impetus/contracts';
import { z } from 'zod';
import type { Db } from '../db/connection.ts';
import type { Schema } from '../db/schema.ts';

const fileSchema = z.object({
  path: z.string(),
  sizeBytes: z.number(),
  sha256: z.string().nullable(),
  /** The most that was ever shown as done, so that no screen sees it fall. */
  shownBytes: z.number(),
});
export type StoredFile = z.infer<typeof fileSchema>;

/** A download as it outlives the agent. */
export interface StoredDownload {
  readonly id: string;
  readonly repo: string;
  readonly revision: string;
  readonly key: string;
  readonly quant: string | null;
  readonly name: string;
  readonly state: 'queued' | 'paused' | 'failed' | 'done';
  readonly priority: DownloadPriority;
  readonly position: number;
  readonly files: readonly StoredFile[];
  readonly error: WireError | null;
  readonly addedAt: string;
  readonly finishedAt: string | null;
  readonly modelId: string | null;
  /** As the repo states it. */
  readonly licence: string | null;
}

export async function readDownloads(db: Db): Promise<StoredDownload[]> {
  const rows = await db.selectFrom('downloads').selectAll().execute();
  return rows.map(fromRow);
}

export async function writeDownload(db: Db, download: StoredDownload): Promise<void> {
  const row = toRow(download);
  await db
    .insertInto('downloads')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function deleteDownload(db: Db, id: string): Promise<void> {
  await db.deleteFrom('downloads').where('id', '=', id).execute();
}

type Row = Schema['downloads'];

function toRow(download: StoredDownload): Row {
  return {
    id: download.id,
    repo: download.repo,
    revision: download.revision,
    quant_key: download.key,
    quant: download.quant,
    name: download.name,
    state: download.state,
    priority: download.priority,
    position: download.position,
    files: JSON.stringify(download.files),
    error: download.error === null ? null : JSON.stringify(download.error),
    added_at: download.addedAt,
    finished_at: download.finishedAt,
    model_id: download.modelId,
    licence: download.licence,
  };
}

function fromRow(row: Row): StoredDownload {
  return {
    id: row.id,
    repo: row.repo,
    revision: row.revision,
    key: row.quant_key,
    quant: row.quant,
    name: row.name,
    state: row.state as StoredDownload['state'],
    priority: row.priority as DownloadPriority,
    position: row.position,
    files: z.array(fileSchema).parse(JSON.parse(row.files)),
    error: row.error === null ? null : (JSON.parse(row.error) as WireError),
    addedAt: row.added_at,
    finishedAt: row.finished_at,
    modelId: row.model_id,
    licence: row.licence,
  };
}
