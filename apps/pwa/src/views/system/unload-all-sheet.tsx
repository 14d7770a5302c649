import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { awayReason, unloadModel } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Asks before all memory is given back, and names what goes. */
export default function UnloadAllSheet(props: { readonly onClose: () => void }): JSX.Element {
  const loaded = () => agentState.runners.filter(({ state }) => state !== 'failed' && state !== 'stopped');
  const active = (): number => loaded().reduce((sum, runner) => sum + runner.active + runner.queued, 0);
  const description = (): string => {
    const names = list.format(loaded().map(({ modelId }) => modelName(modelId)));
    const count = active();
    if (count === 0) return `${names} will be unloaded. Nothing is being written.`;
    return `${names} will be unloaded. ${count === 1 ? 'One answer is' : `${count} answers are`} being written.`;
  };
  const unload = (now: boolean): void => {
    for (const { modelId } of loaded()) void unloadModel(modelId, now);
    props.onClose();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Unload all models?"
      description={description()}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          {active() > 0 && (
            <Button kind="danger" disabledReason={awayReason()} onPress={() => unload(true)}>
              Stop and unload
            </Button>
          )}
          <Button kind="primary" disabledReason={awayReason()} onPress={() => unload(false)}>
            {active() > 0 ? 'Unload when finished' : 'Unload all'}
          </Button>
        </>
      }
    />
  );
}
