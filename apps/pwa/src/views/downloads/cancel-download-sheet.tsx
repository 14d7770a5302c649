import type { Download } from '@impetus/contracts/downloads';
import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { formatBytes } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { cancelDownload } from '../../state/downloads/download-actions.ts';
import { downloadName } from '../../state/downloads/download-view.ts';

/** Asks before what came of a download is thrown away: it may have taken a night. */
export default function CancelDownloadSheet(props: {
  readonly download: Download;
  readonly onClose: () => void;
}): JSX.Element {
  const name = (): string => downloadName(props.download);
  const cancel = async (): Promise<void> => {
    if (await cancelDownload(props.download.id)) props.onClose();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Cancel the download of ${name()}?`}
      description={`The ${formatBytes(props.download.doneBytes)} that came so far are taken off the disk. This cannot be undone; a download that is paused keeps them.`}
      actions={
        <>
          <Button onPress={props.onClose}>Keep it</Button>
          <Button kind="danger" disabledReason={awayReason()} onPress={() => void cancel()}>
            Cancel the download
          </Button>
        </>
      }
    />
  );
}
