import './add-device-page.css';
import type { BeginPairingInput } from '@impetus/contracts/pairing';
import { useNavigate } from '@solidjs/router';
import { createSignal, Show, type JSX } from 'solid-js';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { usePageTitle } from '../../state/page-title.ts';
import { NeedsScope } from '../access/forbidden.tsx';
import { InvitationView } from './invitation-view.tsx';
import { InviteForm } from './invite-form.tsx';
import { useInvitation } from './use-invitation.ts';

/** A device is let in: first what it is and may do, then the two codes that bring it here. */
export default function AddDevicePage(): JSX.Element {
  usePageTitle('Add a device');
  return (
    <ColumnPage back={{ href: '/devices', label: 'Devices' }}>
      <NeedsScope scope="admin" what="Adding devices">
        <AddDevice />
      </NeedsScope>
    </ColumnPage>
  );
}

function AddDevice(): JSX.Element {
  const navigate = useNavigate();
  const invitation = useInvitation();
  const [asked, setAsked] = createSignal<BeginPairingInput | null>(null);
  const begin = (input: BeginPairingInput): void => {
    setAsked(input);
    void invitation.begin(input);
  };
  const again = (): void => {
    const input = asked();
    if (input !== null) begin(input);
  };
  return (
    <Show
      when={invitation.invitation()}
      fallback={
        <>
          <div class="page-title">
            <h1>Add a device</h1>
          </div>
          <InviteForm isBusy={invitation.isBusy()} onInvite={begin} />
          <Show when={invitation.failure()}>
            {(failure) => (
              <div role="alert">
                <ErrorPanel failure={failure()} />
              </div>
            )}
          </Show>
        </>
      }
    >
      {(made) => (
        <InvitationView
          made={made()}
          name={asked()?.name ?? 'The device'}
          state={invitation}
          onAgain={again}
          onCancel={() => void invitation.cancel().then(() => navigate('/devices'))}
        />
      )}
    </Show>
  );
}
