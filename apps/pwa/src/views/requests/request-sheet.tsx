import type { JSX } from 'solid-js';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { modelName } from '../../state/agent-state.ts';
import { RequestDetail, type RequestDetailProps } from './request-detail.tsx';

/** One request over the list, where there is no room beside it. */
export default function RequestSheet(
  props: RequestDetailProps & { readonly onClose: () => void },
): JSX.Element {
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={props.listed === null ? 'Request' : modelName(props.listed.modelId)}
    >
      <RequestDetail id={props.id} listed={props.listed} />
    </Sheet>
  );
}
