import type { PasskeyInfo } from '@impetus/contracts/passkeys';
import { createResource, For, Show, type JSX } from 'solid-js';
import { toFailure } from '../../api/failure.ts';
import { httpApi } from '../../api/http-client.ts';
import { Button } from '../../components/button/button.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { thisDeviceName } from '../../state/this-device.ts';
import { showToast } from '../../state/toasts.ts';
import { useFetched } from '../../state/use-fetched.ts';
import { NotYet } from '../access/not-yet.tsx';
import { isRegisteredAlready, wasCancelled } from './passkey-words.ts';

function tell(error: unknown, what: string): void {
  const { why, remedy } = toFailure(error, what);
  showToast([what, why, remedy].filter(Boolean).join(' '));
}

/** The passkeys of this account; where they cannot work, why not. */
export function Passkeys(): JSX.Element {
  const passkeys = useFetched<readonly PasskeyInfo[]>(() => httpApi.passkeys.list.query(), {
    what: 'The passkeys could not be listed.',
  });
  const [availability] = createResource(() => httpApi.passkeys.availability.query().catch(() => null));
  const reason = (): string | null => {
    const found = availability.latest;
    if (found === undefined || found === null)
      return awayReason() ?? 'It is not known yet whether passkeys work here.';
    return found.available ? awayReason() : found.reason;
  };
  const add = async (): Promise<void> => {
    try {
      const { addPasskey } = await import('../../api/passkeys.ts');
      await addPasskey(thisDeviceName());
      await passkeys.reload();
      showToast('The passkey was added.');
    } catch (error) {
      if (isRegisteredAlready(error)) showToast('This device has a passkey of your account already.');
      else if (!wasCancelled(error)) tell(error, 'The passkey was not added.');
    }
  };
  const remove = async ({ id, name }: PasskeyInfo): Promise<void> => {
    try {
      await httpApi.passkeys.remove.mutate({ id });
      await passkeys.reload();
      showToast(`The passkey ${name} was removed here. Remove it from the password manager too.`);
    } catch (error) {
      tell(error, 'The passkey was not removed.');
    }
  };
  return (
    <section class="settings-card" aria-labelledby="account-passkeys">
      <div class="settings-action">
        <h2 id="account-passkeys">Passkeys</h2>
        <Button size="small" disabledReason={reason()} onPress={() => void add()}>
          Add a passkey
        </Button>
      </div>
      <p class="settings-hint">
        <Show
          when={availability.latest?.available === false ? availability.latest.reason : null}
          fallback="Sign in with a fingerprint, a face or a security key instead of the password."
        >
          {(words) => words()}
        </Show>
      </p>
      <Show when={passkeys.value()} fallback={<NotYet fetched={passkeys} what="The passkeys" rows={1} />}>
        {(list) => (
          <Show when={list().length > 0}>
            <ul class="account-list">
              <For each={list()}>
                {(passkey) => <Passkey passkey={passkey} onRemove={() => void remove(passkey)} />}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </section>
  );
}

function Passkey(props: { readonly passkey: PasskeyInfo; readonly onRemove: () => void }): JSX.Element {
  const now = useNow();
  const facts = (): string => {
    const { lastUsedAt, createdAt, synced } = props.passkey;
    const used =
      lastUsedAt === null
        ? `added ${formatAge(Date.parse(createdAt), now())}`
        : `used ${formatAge(Date.parse(lastUsedAt), now())}`;
    return synced ? `${used} · kept in a password manager` : used;
  };
  return (
    <li>
      <span class="account-list-name">
        <span class="truncate">{props.passkey.name}</span>
      </span>
      <span class="account-list-facts">{facts()}</span>
      <span class="account-list-action">
        <Button
          size="small"
          label={`Remove the passkey ${props.passkey.name}`}
          disabledReason={awayReason()}
          onPress={props.onRemove}
        >
          Remove
        </Button>
      </span>
    </li>
  );
}
