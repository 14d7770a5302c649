import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { LoadPlan } from '../../components/load-plan/load-plan.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { modelName } from '../../state/agent-state.ts';
import { viewPlan } from '../../state/load-plan.ts';
import { carryOut, type LoadWish } from '../../state/load-wish.ts';
import { usePlan } from '../../state/use-plan.ts';

/** Asks before a load that takes something from another, and names what goes. */
export default function LoadSheet(props: {
  readonly wish: LoadWish;
  readonly onClose: () => void;
}): JSX.Element {
  const { plan, failure } = usePlan(
    () => props.wish.modelId,
    () => undefined,
    props.wish.plan,
  );
  const view = () => viewPlan(plan() ?? props.wish.plan, modelName);
  const name = (): string => modelName(props.wish.modelId);
  const title = (): string => (props.wish.makeDefault ? `Switch to ${name()}?` : `Load ${name()}?`);
  const load = (): void => {
    void carryOut(props.wish.modelId, props.wish.makeDefault, view().contextSize);
    props.onClose();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={title()}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabledReason={reasonAgainst('load') ?? (view().verb === null ? view().headline : null)}
            onPress={load}
          >
            {view().verb ?? 'Load'}
          </Button>
        </>
      }
    >
      <LoadPlan plan={plan()} failure={failure()} />
    </Sheet>
  );
}
