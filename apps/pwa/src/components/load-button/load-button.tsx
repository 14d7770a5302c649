import type { RunnerStatus } from '@impetus/contracts/models';
import type { JSX } from 'solid-js';
import { reasonAgainst, unloadModel } from '../../state/actions.ts';
import { lookedAt, wantModel } from '../../state/load-wish.ts';
import { Button, type ButtonProps } from '../button/button.tsx';

export interface LoadButtonProps {
  readonly modelId: string;
  readonly name: string;
  readonly runner: RunnerStatus | undefined;
  readonly size?: 'small' | 'normal';
  /** Whether loading is the one primary action of the view. */
  readonly primary?: boolean;
  /** What loading is called and does where more is known than its name; else it asks where it takes something. */
  readonly load?: LoadAction;
}

export interface LoadAction {
  readonly verb: string;
  readonly act: () => void;
  /** Why it cannot be done. */
  readonly reason: string | null;
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
    case 'waiting':
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
  const special = (): LoadAction | undefined => (action().verb === 'Load' ? props.load : undefined);
  const kind = (): NonNullable<ButtonProps['kind']> =>
    props.primary && action().loads ? 'primary' : 'plain';
  const label = (): string => {
    const verb = special()?.verb;
    // The name stands behind the first word: “Load TinyStories with 512 tokens”.
    return verb === undefined ? action().label : verb.replace(/^Load/u, () => `Load ${props.name}`);
  };
  const reason = (): string | null => {
    if (action().loads && lookedAt().includes(props.modelId)) return 'It is being found out whether it fits.';
    return action().reason ?? reasonAgainst('load') ?? special()?.reason ?? null;
  };
  const press = (): void => {
    if (!action().loads) void unloadModel(props.modelId);
    else if (special() === undefined) void wantModel(props.modelId);
    else special()?.act();
  };
  return (
    <Button
      kind={kind()}
      size={props.size ?? 'normal'}
      label={label()}
      disabledReason={reason()}
      onPress={press}
    >
      {special()?.verb ?? action().verb}
    </Button>
  );
}
