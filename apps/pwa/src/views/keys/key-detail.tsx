import type { ApiKeyInfo } from '@impetus/contracts/keys';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Detail, DetailCard } from '../../components/detail/detail.tsx';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatMoment } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { keyEndWords, keyState, usedWords } from '../../state/key-words.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { KeyForm } from './key-form.tsx';

const RevokeKeySheet = lazy(() => import('./revoke-key-sheet.tsx'));
const RotateKeySheet = lazy(() => import('./rotate-key-sheet.tsx'));

/** One key: what it may do, when it was used, a new secret for it, and its end. */
export function KeyDetail(props: { readonly key: ApiKeyInfo }): JSX.Element {
  const now = useNow();
  const [asking, setAsking] = createSignal<'rotate' | 'revoke' | null>(null);
  const isGood = (): boolean => keyState(props.key, now()) === 'good';
  const moment = (at: string): string => formatMoment(Date.parse(at), now());
  const facts = (): Fact[] => {
    const { key } = props;
    const old: Fact[] =
      key.oldSecretUntil === null || Date.parse(key.oldSecretUntil) <= now()
        ? []
        : [{ term: 'Old secret', value: `Good until ${moment(key.oldSecretUntil)}` }];
    return [
      { term: 'Begins with', value: `imp_${key.id}_`, mono: true },
      { term: 'May', value: scopesLine(key.scopes) },
      { term: 'At once', value: key.limits.concurrency ?? 'As Settings say' },
      { term: 'In a minute', value: key.limits.requestsPerMinute ?? 'As Settings say' },
      { term: 'Good', value: keyEndWords(key, now()) ?? 'Until it is revoked' },
      ...old,
      { term: 'Last used', value: usedWords(key, now()) },
      { term: 'Made by', value: `${key.createdBy}, ${moment(key.createdAt)}` },
    ];
  };
  return (
    <Detail name={props.key.name}>
      <DetailCard title="About">
        <Facts facts={facts()} />
      </DetailCard>
      <Show when={isGood()}>
        <KeyForm key={props.key} />
        <DetailCard title="Secret">
          <p class="detail-note">
            A new secret takes the place of the old one, under the same name and limits. Revoking ends the
            key, and what it has under way, at once.
          </p>
          <div class="detail-actions">
            <Button kind="danger" disabledReason={awayReason()} onPress={() => setAsking('revoke')}>
              Revoke…
            </Button>
            <Button disabledReason={awayReason()} onPress={() => setAsking('rotate')}>
              New secret…
            </Button>
          </div>
        </DetailCard>
      </Show>
      <Suspense>
        <Show when={asking() === 'revoke'}>
          <RevokeKeySheet key={props.key} onClose={() => setAsking(null)} />
        </Show>
        <Show when={asking() === 'rotate'}>
          <RotateKeySheet key={props.key} onClose={() => setAsking(null)} />
        </Show>
      </Suspense>
    </Detail>
  );
}
