import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';

const failure = {
  what: 'This page could not be shown.',
  why: 'A part of it is missing or failed. Often the agent was updated while this page was open.',
  remedy: 'Reload to get the version that the agent has now.',
};

/** Stands in for a page whose code did not arrive or threw. */
export function PageFailed(): JSX.Element {
  return (
    <ErrorPanel failure={failure}>
      <Button onPress={() => location.reload()}>Reload</Button>
    </ErrorPanel>
  );
}
