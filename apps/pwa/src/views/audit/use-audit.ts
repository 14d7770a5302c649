import type { AuditEntry, AuditFacets, AuditFilter } from '@impetus/contracts/audit';
import { batch, createEffect, createSignal, on, type Accessor } from 'solid-js';
import { api } from '../../api/client.ts';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { isConnected } from '../../state/connection.ts';

const pageSize = 50;

/** The audit log as a screen needs it: the newest first, older ones page by page. */
export interface AuditLog {
  /** Undefined until the first page came. */
  readonly entries: Accessor<readonly AuditEntry[] | undefined>;
  readonly hasMore: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  readonly failure: Accessor<Failure | null>;
  /** What the filters can offer. */
  readonly facets: Accessor<AuditFacets>;
  reload(): Promise<void>;
  loadMore(): Promise<void>;
}

export function useAudit(filter: Accessor<AuditFilter>): AuditLog {
  const [entries, setEntries] = createSignal<readonly AuditEntry[]>();
  const [next, setNext] = createSignal<number | null>(null);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [facets, setFacets] = createSignal<AuditFacets>({ actions: [], who: [] });
  /** Counts first pages, so that one that was asked for before the filter changed is not shown after it. */
  let asked = 0;

  const note = (error: unknown): void => {
    if (!isConnectionLoss(error)) setFailure(toFailure(error, 'The audit log could not be read.'));
  };

  const reload = async (): Promise<void> => {
    asked += 1;
    const turn = asked;
    try {
      const [page, found] = await Promise.all([
        api.audit.list.query({ ...filter(), limit: pageSize }),
        api.audit.facets.query(),
      ]);
      if (turn !== asked) return;
      batch(() => {
        setEntries(page.entries);
        setNext(page.next);
        setFacets(found);
        setFailure(null);
      });
    } catch (error) {
      if (turn === asked) note(error);
    }
  };

  const loadMore = async (): Promise<void> => {
    const before = next();
    if (before === null || isLoadingMore()) return;
    const turn = asked;
    setLoadingMore(true);
    try {
      const page = await api.audit.list.query({ ...filter(), before, limit: pageSize });
      if (turn !== asked) return;
      batch(() => {
        setEntries((present = []) => [...present, ...page.entries]);
        setNext(page.next);
      });
    } catch (error) {
      note(error);
    } finally {
      setLoadingMore(false);
    }
  };

  createEffect(on([filter, isConnected], () => isConnected() && void reload()));

  return { entries, hasMore: () => next() !== null, isLoadingMore, failure, facets, reload, loadMore };
}
