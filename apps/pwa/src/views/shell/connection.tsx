import type { JSX } from 'solid-js';
import { ConnectionPill } from '../../components/connection-pill/connection-pill.tsx';
import { useNow } from '../../lib/clock.ts';
import { macName } from '../../state/agent-state.ts';
import { connection } from '../../state/connection.ts';
import { connectionWords } from './connection-words.ts';
import { standing } from './standing.ts';

/** The connection pill with what is true now. */
export function Connection(props: { readonly onOpen: () => void }): JSX.Element {
  const now = useNow();
  const view = () => connectionWords(connection(), standing(), now());
  return <ConnectionPill name={macName()} kind={view().kind} words={view().words} onOpen={props.onOpen} />;
}
