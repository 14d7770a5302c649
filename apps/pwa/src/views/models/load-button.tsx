import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { JSX } from 'solid-js';
import { Button, type ButtonProps } from '../../components/button/button.tsx';
import { awayReason, loadModel, unloadModel } from '../../state/actions.ts';

export interface LoadButtonProps {
  readonly model: ModelEntry;
  readonly runner: RunnerStatus | undefined;
  readonly size?: 'small' | 'normal';
  /** Whether loading is the one primary action of the view. */
  readonly primary?: boolean;
}

interface Action {
  readonly verb: string;
  readonly run: (id: string) => Promise<boolean>;
  readonly loads: boolean;
  readonly reason?: string;
}

function actionFor(runner: RunnerStatus | undefined): Action {
  switch (runner?.state) {
    case 'ready':
      return { verb: 'Unload', run: unloadModel, loads: false };
    case 'starting':
      return { verb: 'Cancel', run: unloadModel, loads: false };
    case 'stopping':
      return { verb: 'Unload', run: unloadModel, loads: false, reason: 'It is being unloaded.' };
    case 'failed':
      return { verb: 'Try again', run: loadModel, loads: true };
    default:
      return { verb: 'Load', run: loadModel, loads: true };
  }
}

/** Loads a model or gives its memory back, whichever is the next step. */
export function LoadButton(props: LoadButtonProps): JSX.Element {
  const action = () => actionFor(props.runner);
  const kind = (): NonNullable<ButtonProps['kind']> =>
    props.primary && action().loads ? 'primary' : 'plain';
  return (
    <Button
      kind={kind()}
      size={props.size ?? 'normal'}
      label={`${action().verb} ${props.model.name}`}
      disabledReason={action().reason ?? awayReason()}
      onPress={() => void action().run(props.model.id)}
    >
      {action().verb}
    </Button>
  );
}
