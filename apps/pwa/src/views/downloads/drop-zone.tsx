import './drop-zone.css';
import { useLocation, useNavigate } from '@solidjs/router';
import Upload from 'lucide-solid/icons/upload';
import { createSignal, Show, type JSX } from 'solid-js';
import { macName } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import { may } from '../../state/rights.ts';

/** A page onto which files can be dropped; they are sent into the library. */
export function DropZone(props: { readonly children: JSX.Element }): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  const [depth, setDepth] = createSignal(0);
  const hasFiles = (event: DragEvent): boolean =>
    may('download') && (event.dataTransfer?.types.includes('Files') ?? false);
  const drop = async (event: DragEvent): Promise<void> => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setDepth(0);
    const files = [...(event.dataTransfer?.files ?? [])];
    const { sendFiles } = await import('../../state/uploads/uploads.ts');
    sendFiles(files);
    if (!location.pathname.startsWith('/downloads')) navigate('/downloads');
    announce(files.length === 1 ? `${files[0]?.name} is sent.` : `${files.length} files are sent.`);
  };
  return (
    <div
      class="drop-zone"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDepth((before) => before + 1);
      }}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDragLeave={(event) => hasFiles(event) && setDepth((before) => Math.max(0, before - 1))}
      onDrop={(event) => void drop(event)}
    >
      {props.children}
      <Show when={depth() > 0}>
        <div class="drop-zone-hint" aria-hidden="true">
          <Upload />
          <p>Drop model files to send them to {macName()}</p>
        </div>
      </Show>
    </div>
  );
}
