import type { Scope } from '@impetus/contracts/scope-list';
import Lock from 'lucide-solid/icons/lock';
import { Show, type JSX } from 'solid-js';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { macName } from '../../state/agent-state.ts';
import { may } from '../../state/rights.ts';
import { session } from '../../state/session.ts';
import { scopeWords } from '../../state/scope-words.ts';

export interface NeedsScopeProps {
  readonly scope: Scope;
  /** What would be here: “The list of devices”. */
  readonly what: string;
  readonly children: JSX.Element;
}

/** A page for those who may see it; for the others the reason why it is empty, and who can change that. */
export function NeedsScope(props: NeedsScopeProps): JSX.Element {
  const who = (): string => {
    const present = session();
    return present.kind === 'in' ? (present.current.device?.name ?? present.current.name) : 'This device';
  };
  return (
    <Show
      when={may(props.scope)}
      fallback={
        <EmptyState
          icon={<Lock />}
          title={`${props.what} is not for this device`}
          text={`It is for those who may ${scopeWords[props.scope].verb}, and “${who()}” may not. Whoever manages ${macName()} can allow it, under Devices.`}
        />
      }
    >
      {props.children}
    </Show>
  );
}
