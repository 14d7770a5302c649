import './join-page.css';
import { useNavigate } from '@solidjs/router';
import { Match, onMount, Show, Switch, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Digits } from '../../components/digits/digits.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { usePageTitle } from '../../state/page-title.ts';
import { askerEndings } from '../../state/pairing-words.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { nameBeforeSignIn, session } from '../../state/session.ts';
import { Gate } from '../gate/gate.tsx';
import { JoinStart } from './join-start.tsx';
import { useJoin, type Joining } from './use-join.ts';

const macWords = (): string => nameBeforeSignIn() ?? 'the Mac';

/** A new device comes in: trust, a code, six digits to compare, and the word of somebody who may say it. */
export default function JoinPage(): JSX.Element {
  usePageTitle('Join');
  const join = useJoin();
  return (
    <Switch fallback={<JoinStart join={join} />}>
      <Match when={join.stage().kind === 'in'}>
        <Joined join={join} />
      </Match>
      <Match when={session().kind === 'in'}>
        <AlreadyIn />
      </Match>
      <Match when={join.stage().kind === 'asking' || join.stage().kind === 'approved'}>
        <Asking join={join} />
      </Match>
      <Match when={join.stage().kind === 'ended'}>
        <Ended join={join} />
      </Match>
    </Switch>
  );
}

function Asking(props: { readonly join: Joining }): JSX.Element {
  const stage = () => {
    const present = props.join.stage();
    return present.kind === 'asking' || present.kind === 'approved' ? present : null;
  };
  let heading!: HTMLDivElement;
  // Who hears the page hears the digits at once.
  onMount(() => heading.focus());
  return (
    <Gate
      title="Compare these digits"
      intro={`The screen that showed you the code, and every other that manages ${macWords()}, shows six digits too.`}
    >
      <div ref={heading} tabindex="-1" class="join-digits">
        <Digits label="Six digits to compare" digits={stage()?.digits ?? ''} group={3} />
      </div>
      <StateLabel kind={stage()?.kind === 'approved' ? 'working' : 'waiting'}>
        {stage()?.kind === 'approved' ? 'Approved: coming in' : 'Waiting for the other screen'}
      </StateLabel>
      <p class="gate-note">
        If the digits differ, somebody else is trying to come in with this code. Have it denied there, and
        begin again.
      </p>
      <div class="gate-actions">
        <Button onPress={() => props.join.giveUp()}>Cancel</Button>
      </div>
    </Gate>
  );
}

function Ended(props: { readonly join: Joining }): JSX.Element {
  const ending = () => {
    const stage = props.join.stage();
    return stage.kind === 'ended' ? askerEndings[stage.state] : askerEndings.expired;
  };
  return (
    <Gate title="Not let in">
      <ErrorPanel failure={{ what: ending().what, why: null, remedy: ending().remedy }} />
      <div class="gate-actions">
        <Button kind="primary" onPress={() => props.join.giveUp()}>
          Enter a new code
        </Button>
      </div>
    </Gate>
  );
}

function Joined(props: { readonly join: Joining }): JSX.Element {
  const navigate = useNavigate();
  const current = () => {
    const stage = props.join.stage();
    return stage.kind === 'in' ? stage.current : null;
  };
  return (
    <Gate
      title="You are in"
      intro={`This device is called ${current()?.device?.name ?? 'as you were told'} on ${macWords()}.`}
    >
      <Show when={current()}>{(shown) => <p>It may: {scopesLine(shown().scopes).toLowerCase()}.</p>}</Show>
      <div class="gate-actions">
        <Button kind="primary" onPress={() => navigate('/', { replace: true })}>
          Go to Chat
        </Button>
      </div>
    </Gate>
  );
}

function AlreadyIn(): JSX.Element {
  const navigate = useNavigate();
  return (
    <Gate
      title="This browser is in already"
      intro={`It is signed in to ${macWords()}. To join as another device, sign out first, under Settings. The code was not used.`}
    >
      <div class="gate-actions">
        <Button onPress={() => navigate('/settings', { replace: true })}>Settings</Button>
        <Button kind="primary" onPress={() => navigate('/', { replace: true })}>
          Go to Chat
        </Button>
      </div>
    </Gate>
  );
}
