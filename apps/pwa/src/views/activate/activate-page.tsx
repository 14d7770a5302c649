import '../../components/code-field/code-field.css';
import './activate-page.css';
import type { GrantRequest } from '@impetus/contracts/oauth';
import type { Scope } from '@impetus/contracts/scope-list';
import { useSearchParams } from '@solidjs/router';
import { createSignal, onMount, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { CheckList } from '../../components/option-list/option-list.tsx';
import { addressWords } from '../../lib/address-words.ts';
import { useCountdown } from '../../lib/countdown.ts';
import { isWholeUserCode, userCodeOf } from '../../lib/user-code.ts';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { timeLeft } from '../../state/pairing-words.ts';
import { scopeWords } from '../../state/scope-words.ts';
import { NeedsScope } from '../access/forbidden.tsx';

/** A program on another machine asks to be let in: its code, who it says it is, what it may do. */
export default function ActivatePage(): JSX.Element {
  usePageTitle('Let a program in');
  return (
    <ColumnPage class="activate">
      <div class="page-title">
        <h1>Let a program in</h1>
      </div>
      <NeedsScope scope="admin" what="Letting programs in">
        <Activate />
      </NeedsScope>
    </ColumnPage>
  );
}

type Outcome = 'approved' | 'denied';

function Activate(): JSX.Element {
  const [search] = useSearchParams<{ user_code?: string }>();
  const [code, setCode] = createSignal(userCodeOf(search.user_code ?? ''));
  const [request, setRequest] = createSignal<GrantRequest | null>(null);
  const [outcome, setOutcome] = createSignal<Outcome | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  const look = async (): Promise<void> => {
    setFailure(null);
    try {
      setRequest(await api.grants.lookUp.mutate({ userCode: code() }));
    } catch (error) {
      setFailure(toFailure(error, 'Nothing was let in.'));
    }
  };
  // Looking it up changes nothing: whoever opened the link still decides.
  onMount(() => isWholeUserCode(code()) && awayReason() === null && void look());
  const again = (): void => {
    setOutcome(null);
    setRequest(null);
    setFailure(null);
    setCode('');
  };

  return (
    <Show
      when={outcome() === null}
      fallback={<Decided outcome={outcome() ?? 'denied'} request={request()} onAgain={again} />}
    >
      <Show
        when={request()}
        fallback={
          <EnterCode code={code()} failure={failure()} onInput={setCode} onSubmit={() => void look()} />
        }
      >
        {(asked) => <Decide request={asked()} onDecided={setOutcome} onCancel={again} />}
      </Show>
    </Show>
  );
}

interface EnterCodeProps {
  readonly code: string;
  readonly failure: Failure | null;
  readonly onInput: (code: string) => void;
  readonly onSubmit: () => void;
}

function EnterCode(props: EnterCodeProps): JSX.Element {
  const reason = (): string | null =>
    isWholeUserCode(props.code) ? awayReason() : 'Type all eight letters.';
  return (
    <form
      class="activate-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason() === null) props.onSubmit();
      }}
    >
      <p>
        A terminal or an editor on another machine shows a code of eight letters. Type it here only if you
        started that yourself.
      </p>
      <div class="code-field">
        <label for="user-code">Eight letters</label>
        <input
          id="user-code"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          autofocus
          size="10"
          placeholder="WDJB-MJHT"
          value={props.code}
          onInput={({ currentTarget }) => {
            const code = userCodeOf(currentTarget.value);
            props.onInput(code);
            currentTarget.value = code;
          }}
        />
      </div>
      <Show when={props.failure}>
        {(failure) => (
          <div role="alert">
            <ErrorPanel failure={failure()} />
          </div>
        )}
      </Show>
      <div class="activate-actions">
        <Button kind="primary" type="submit" disabledReason={reason()}>
          Look who asks
        </Button>
      </div>
    </form>
  );
}

interface DecideProps {
  readonly request: GrantRequest;
  readonly onDecided: (outcome: Outcome) => void;
  readonly onCancel: () => void;
}

function Decide(props: DecideProps): JSX.Element {
  const [scopes, setScopes] = createSignal<readonly Scope[]>(props.request.scopes);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const left = useCountdown(() => props.request.expiresAt);
  const options = () =>
    props.request.scopes.map((scope) => ({
      value: scope,
      label: scopeWords[scope].label,
      hint: scopeWords[scope].hint,
    }));
  const decide = async (act: () => Promise<unknown>, outcome: Outcome): Promise<void> => {
    try {
      await act();
      props.onDecided(outcome);
    } catch (error) {
      setFailure(toFailure(error, 'Nothing was decided.'));
    }
  };
  const approve = (): void => {
    const { userCode } = props.request;
    void decide(() => api.grants.approve.mutate({ userCode, scopes: [...scopes()] }), 'approved');
  };
  const deny = (): void => {
    const { userCode } = props.request;
    void decide(() => api.grants.deny.mutate({ userCode }), 'denied');
  };
  return (
    <section class="activate-card" aria-label="Who asks">
      <h2>
        {props.request.deviceName} asks to use {macName()}
      </h2>
      <Facts
        facts={[
          { term: 'Program', value: <>{props.request.clientId}</>, mono: true },
          { term: 'From', value: <>{addressWords(props.request.address) ?? '–'}</> },
          { term: 'Code', value: <>{props.request.userCode}</>, mono: true },
          { term: 'Time left', value: <span role="timer">{timeLeft(left())}</span> },
        ]}
      />
      <p class="activate-note">
        Names are what the program says of itself. Compare the code with the one in its window.
      </p>
      <CheckList label="It asks to" options={options()} values={scopes()} onChange={setScopes} />
      <Show when={failure()}>
        {(shown) => (
          <div role="alert">
            <ErrorPanel failure={shown()}>
              <Button size="small" onPress={props.onCancel}>
                Enter another code
              </Button>
            </ErrorPanel>
          </div>
        )}
      </Show>
      <div class="activate-actions">
        <Button kind="danger" disabledReason={awayReason()} onPress={deny}>
          Deny
        </Button>
        <Button
          kind="primary"
          disabledReason={scopes().length === 0 ? 'Allow at least one thing, or deny.' : awayReason()}
          onPress={approve}
        >
          Let it in
        </Button>
      </div>
    </section>
  );
}

function Decided(props: {
  readonly outcome: Outcome;
  readonly request: GrantRequest | null;
  readonly onAgain: () => void;
}): JSX.Element {
  const name = (): string => props.request?.deviceName ?? 'The program';
  return (
    <EmptyState
      title={props.outcome === 'approved' ? `${name()} is let in` : `${name()} was denied`}
      text={
        props.outcome === 'approved'
          ? 'It goes on by itself within a few seconds: this page can be closed. It is listed under Keys, where it can be revoked.'
          : 'It is told so, and gets nothing.'
      }
    >
      <Button onPress={props.onAgain}>Enter another code</Button>
    </EmptyState>
  );
}
