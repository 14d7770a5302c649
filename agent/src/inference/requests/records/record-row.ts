import type { RequestRecord, WireError } from '@impetus/contracts';
import type { Selectable } from 'kysely';
import type { Schema } from '../../../db/schema.ts';

export type RecordRow = Selectable<Schema['requests']>;

/** The row of a request that has ended. */
export function toRow(record: RequestRecord): RecordRow {
  return {
    id: record.id,
    started_at: record.startedAt,
    ended_at: record.endedAt ?? record.startedAt,
    state: record.state,
    requester_id: record.requesterId,
    requester_name: record.requesterName,
    model_id: record.modelId,
    dialect: record.dialect,
    endpoint: record.endpoint,
    kind: record.kind,
    streamed: Number(record.streamed),
    queue_ms: record.queueMs,
    load_ms: record.loadMs,
    prompt_tokens: record.promptTokens,
    cached_tokens: record.cachedTokens,
    read_tokens: record.readTokens,
    prefill_ms: record.prefillMs,
    completion_tokens: record.completionTokens,
    decode_ms: record.decodeMs,
    finish_reason: record.finishReason,
    error: record.error === null ? null : JSON.stringify(record.error),
  };
}

/** The record that a row was made of; what only this agent writes is trusted. */
export function fromRow(row: RecordRow, captured: boolean): RequestRecord {
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    state: row.state as RequestRecord['state'],
    requesterId: row.requester_id,
    requesterName: row.requester_name,
    modelId: row.model_id,
    dialect: row.dialect as RequestRecord['dialect'],
    endpoint: row.endpoint,
    kind: row.kind as RequestRecord['kind'],
    streamed: row.streamed === 1,
    queuePosition: null,
    queueMs: row.queue_ms,
    loadMs: row.load_ms,
    promptTokens: row.prompt_tokens,
    cachedTokens: row.cached_tokens,
    readTokens: row.read_tokens,
    prefillMs: row.prefill_ms,
    completionTokens: row.completion_tokens,
    decodeMs: row.decode_ms,
    finishReason: row.finish_reason as RequestRecord['finishReason'],
    error: row.error === null ? null : (JSON.parse(row.error) as WireError),
    captured,
  };
}
