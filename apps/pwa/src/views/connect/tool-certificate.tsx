import type { Tool } from '@impetus/contracts/tools/types';
import Download from 'lucide-solid/icons/download';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { awayReason } from '../../state/actions.ts';
import { agentState } from '../../state/agent-state.ts';
import { fingerprintWords } from '../../state/pairing-words.ts';
import { downloadAuthority } from '../trust/trust-actions.ts';
import { authorityFile } from './use-target.ts';

/** Where the certificate of the Mac’s own authority has to be for the tool to trust the address. */
export function ToolCertificate(props: { readonly tool: Tool }): JSX.Element {
  return (
    <>
      <p class="detail-note connect-text">
        Download it, and put it into the home folder of the computer with the tool, as{' '}
        <code>~/{authorityFile}</code>. It is no secret.
        <Show when={props.tool.trust === 'system'}>
          {' '}
          An editor asks the system whom to trust: install the file there as for a browser, and start the
          editor again. <a href="/devices/add">How, on each system</a>
        </Show>
      </p>
      <Show when={agentState.trust?.authority}>
        {(authority) => <p class="connect-fingerprint mono">{fingerprintWords(authority().fingerprint)}</p>}
      </Show>
      <div class="detail-actions">
        <Button icon={<Download />} disabledReason={awayReason()} onPress={() => void downloadAuthority()}>
          Download the certificate
        </Button>
      </div>
    </>
  );
}
