import { useLocation, useNavigate } from '@solidjs/router';
import Upload from 'lucide-solid/icons/upload';
import type { JSX } from 'solid-js';
import { IconButton } from '../../components/icon-button/icon-button.tsx';

/** Chooses files of this device to be sent into the library. */
export function UploadButton(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  let input!: HTMLInputElement;
  const send = async (): Promise<void> => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length === 0) return;
    // Most visits send nothing.
    const { sendFiles } = await import('../../state/uploads/uploads.ts');
    sendFiles(files);
    if (!location.pathname.startsWith('/downloads')) navigate('/downloads');
  };
  return (
    <>
      {/* Phones know no .gguf: with a filter they would let nobody choose one. */}
      <input ref={input} type="file" multiple hidden onChange={() => void send()} data-upload="" />
      <IconButton label="Send model files from this device" onPress={() => input.click()}>
        <Upload />
      </IconButton>
    </>
  );
}
