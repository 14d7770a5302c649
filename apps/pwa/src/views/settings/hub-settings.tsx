import type { HubAccount, HubIdentity } from '@impetus/contracts/hub';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { PasswordField } from '../../components/password-field/password-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { isConnected } from '../../state/connection.ts';
import { may } from '../../state/rights.ts';

/** The token for the Hub. It is written here and never read back: the agent alone has it. */
export function HubSettings(): JSX.Element {
  const [account, setAccount] = createSignal<HubAccount | null>(null);
  const [identity, setIdentity] = createSignal<HubIdentity | null>(null);
  const [token, setToken] = createSignal('');
  const [error, setError] = createSignal<string | null>(null);
  const [isSaving, setSaving] = createSignal(false);
  const look = async (): Promise<void> => {
    try {
      const known = await api.hub.account.query();
      setAccount(known);
      setIdentity(known.source === 'none' ? null : await api.hub.whoami.query());
    } catch {
      // Whose it is, is an extra: the Hub may not answer now.
      setIdentity(null);
    }
  };
  createEffect(
    on(isConnected, (connected) => {
      if (connected && may('download')) void look();
    }),
  );
  const change = async (act: () => Promise<unknown>, what: string): Promise<void> => {
    setSaving(true);
    setError(null);
    try {
      await act();
      setToken('');
      await look();
    } catch (thrown) {
      const { why, remedy } = toFailure(thrown, what);
      setError([what, why, remedy].filter(Boolean).join(' '));
    }
    setSaving(false);
  };
  const isStored = (): boolean => account()?.source === 'stored';
  const state = (): string => {
    const known = account();
    if (known === null) return '';
    const whose = identity() === null ? '' : ` It is ${identity()?.name}’s.`;
    switch (known.source) {
      case 'none':
        return `Without one, public models can be had from ${known.endpoint}.`;
      case 'stored':
        return `A token is kept, apart from the other settings, and is sent to ${known.endpoint} alone.${whose}`;
      case 'environment':
        return `A token comes from the environment of the agent, and is sent to ${known.endpoint} alone.${whose}`;
    }
  };
  return (
    <section class="settings-card" aria-labelledby="settings-hub">
      <h2 id="settings-hub">Hugging Face Hub</h2>
      <p class="settings-hint">
        An access token opens gated and private models. Make one on the Hub that may read, and nothing else.{' '}
        {state()}
      </p>
      <Show when={account()?.source !== 'environment'}>
        <form
          class="settings-folders"
          onSubmit={(event) => {
            event.preventDefault();
            void change(() => api.hub.setToken.mutate({ token: token() }), 'The token was not kept.');
          }}
        >
          <PasswordField
            label={isStored() ? 'Another token' : 'Token'}
            value={token()}
            onInput={setToken}
            purpose="secret"
            error={error()}
          />
          <div class="settings-action">
            <Button
              type="submit"
              size="small"
              disabledReason={
                awayReason() ??
                (isSaving() ? 'The Hub is asked.' : token().trim() === '' ? 'Paste a token first.' : null)
              }
            >
              {isSaving() ? 'Asking the Hub' : 'Keep token'}
            </Button>
            <Show when={isStored()}>
              <Button
                size="small"
                kind="danger"
                disabledReason={awayReason()}
                onPress={() => void change(() => api.hub.clearToken.mutate(), 'The token was not forgotten.')}
              >
                Forget the token
              </Button>
            </Show>
          </div>
        </form>
      </Show>
    </section>
  );
}
