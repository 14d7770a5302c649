import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import X from 'lucide-solid/icons/x';
import FolderOpen from 'lucide-solid/icons/folder-open';
import { createMemo, For, Show, type JSX } from 'solid-js';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { Progress } from '../../components/progress/progress.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { awayReason } from '../../state/actions.ts';
import { findModel } from '../../state/agent-state.ts';
import { may } from '../../state/rights.ts';
import {
  dropUpload,
  goOnWith,
  pauseSending,
  resumeSending,
  uploadRows,
} from '../../state/uploads/uploads.ts';
import type { UploadRowView } from '../../state/uploads/upload-view.ts';
import { modelPath } from '../models/model-path.ts';

/** Files on their way in from this device and others. */
export function UploadRows(): JSX.Element {
  const keys = createMemo(() => uploadRows().map(({ key }) => key));
  return (
    <Show when={keys().length > 0}>
      <section class="downloads-group" aria-label="Uploads">
        <div class="downloads-group-head">
          <h2>From devices</h2>
        </div>
        <ul>
          <For each={keys()}>
            {(key) => (
              <Show when={uploadRows().find((row) => row.key === key)}>
                {(row) => (
                  <li>
                    <UploadRow row={row()} />
                  </li>
                )}
              </Show>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function UploadRow(props: { readonly row: UploadRowView }): JSX.Element {
  let input!: HTMLInputElement;
  const can = (what: UploadRowView['can'][number]): boolean => props.row.can.includes(what);
  const chooseAgain = (): void => {
    const file = input.files?.[0];
    input.value = '';
    const { upload } = props.row;
    if (file !== undefined && upload !== null) goOnWith(upload, file);
  };
  const model = () => (props.row.modelId === null ? undefined : findModel(props.row.modelId));
  return (
    <article class="download-row" aria-label={props.row.name}>
      <div class="download-row-text">
        <p class="download-row-name">
          <Show when={model()} fallback={<span class="truncate">{props.row.name}</span>}>
            {(known) => (
              <a class="truncate link" href={modelPath(known().id)}>
                {props.row.name}
              </a>
            )}
          </Show>
        </p>
        <p class="download-row-state">
          <StateLabel kind={props.row.kind}>{props.row.words}</StateLabel>
          <span>{props.row.amounts}</span>
        </p>
        <Show when={props.row.reason}>{(reason) => <p class="download-row-reason">{reason()}</p>}</Show>
        <Show when={props.row.progress !== null}>
          <Progress label={`${props.row.name}: ${props.row.words}`} value={props.row.progress} />
        </Show>
      </div>
      <Show when={may('download')}>
        <div class="download-row-actions">
          <Show when={can('pause')}>
            <IconButton label={`Pause ${props.row.name}`} onPress={() => pauseSending(props.row.key)}>
              <Pause />
            </IconButton>
          </Show>
          <Show when={can('resume')}>
            <IconButton
              label={`Go on with ${props.row.name}`}
              disabledReason={awayReason()}
              onPress={() => resumeSending(props.row.key)}
            >
              <Play />
            </IconButton>
          </Show>
          <Show when={can('choose-again')}>
            <input ref={input} type="file" hidden data-upload-again="" onChange={chooseAgain} />
            <IconButton
              label={`Choose ${props.row.name} again to go on`}
              disabledReason={awayReason()}
              onPress={() => input.click()}
            >
              <FolderOpen />
            </IconButton>
          </Show>
          <Show when={can('drop')}>
            <IconButton
              label={`Drop ${props.row.name}`}
              disabledReason={props.row.upload === null ? null : awayReason()}
              onPress={() => void dropUpload(props.row)}
            >
              <X />
            </IconButton>
          </Show>
          <Show when={can('dismiss')}>
            <IconButton
              label={`Take ${props.row.name} off the list`}
              disabledReason={awayReason()}
              onPress={() => void dropUpload(props.row)}
            >
              <X />
            </IconButton>
          </Show>
        </div>
      </Show>
    </article>
  );
}
