import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { reasonAgainst, stopAllGeneration } from '../../state/actions.ts';
import { agentState, modelName } from '../../state/agent-state.ts';
import { stopAllAnswers } from '../../state/answers.ts';
import { stopWords } from '../../state/work.ts';

/** Asks before everybody's answers are stopped, and says whose they are. */
export default function RunningStopSheet(props: { readonly onClose: () => void }): JSX.Element {
  const stop = async (): Promise<void> => {
    props.onClose();
    // This page's own first: it knows that they were stopped and did not break.
    await stopAllAnswers();
    await stopAllGeneration();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Stop all answers?"
      description={stopWords(agentState.runners, modelName)}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="danger" disabledReason={reasonAgainst('load')} onPress={() => void stop()}>
            Stop all answers
          </Button>
        </>
      }
    />
  );
}
