import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { reasonAgainst, unloadAllModels } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';
import { freeWords, loadedRunners, workOf } from '../../state/work.ts';

/** Asks before all memory is given back, and names what goes. */
export default function UnloadAllSheet(props: { readonly onClose: () => void }): JSX.Element {
  const busy = (): boolean => {
    const { active, queued } = workOf(loadedRunners(agentState.runners));
    return active + queued > 0;
  };
  const unload = (now: boolean): void => {
    void unloadAllModels(now);
    props.onClose();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Free all memory?"
      description={freeWords(agentState.runners, modelName)}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          {busy() && (
            <Button kind="danger" disabledReason={reasonAgainst('load')} onPress={() => unload(true)}>
              Stop and free
            </Button>
          )}
          <Button kind="primary" disabledReason={reasonAgainst('load')} onPress={() => unload(false)}>
            {busy() ? 'Free when finished' : 'Free all memory'}
          </Button>
        </>
      }
    />
  );
}
