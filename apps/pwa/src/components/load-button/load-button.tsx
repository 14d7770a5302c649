import type { RunnerStatus } from '@impetus/contracts/models';
import type { JSX } from 'solid-js';
import { awayReason, loadModel, unloadModel } from '../../state/actions.ts';
import { Button, type ButtonProps } from '../button/button.tsx';

export interface LoadButtonProps {
  readonly modelId: string;
  readonly name: string;
  readonly runner: RunnerStatus | undefined;
  readonly size?: 'small' | 'normal';
  /** Whether loading is the one primary action of the view. */
  readonly primary?: boolean;
}

interface Action {
  readonly verb: string;
  /** The verb with its object, for those who hear one button after the other. */
  readonly label: string;
  readonly loads: boolean;
  readonly reason?: string;
}

function actionFor(runner: RunnerStatus | undefined, name: string): Action {
  switch (runner?.state) {
    case 'ready':
      return { verb: 'Unload', label: `Unload ${name}`, loads: false };
    case 'starting':
      return { verb: 'Cancel', label: `Cancel loading ${name}`, loads: false };
    case 'stopping':
      return { verb: 'Unload', label: `Unload ${name}`, loads: false, reason: 'It is being unloaded.' };
    case 'failed':
      return { verb: 'Try again', label: `Try again to load ${name}`, loads: true };
    default:
      return { verb: 'Load', label: `Load ${name}`, loads: true };
  }
}

/** Loads a model or gives its memory back, whichever is the next step. */
export function LoadButton(props: LoadButtonProps): JSX.Element {
  const action = () => actionFor(props.runner, props.name);
  const kind = (): NonNullable<ButtonProps['kind']> =>
    props.primary && action().loads ? 'primary' : 'plain';
  const press = (): void => {
    void (action().loads ? loadModel(props.modelId) : unloadModel(props.modelId));
  };
  return (
    <Button
      kind={kind()}
      size={props.size ?? 'normal'}
      label={action().label}
      disabledReason={action().reason ?? awayReason()}
      onPress={press}
    >
      {action().verb}
    </Button>
  );
}
