import './system-page.css';
import type { AgentInfo } from '@impetus/contracts/state';
import type { TrustStatus } from '@impetus/contracts/trust';
import { Show, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Button } from '../../components/button/button.tsx';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { MemoryBar } from '../../components/memory-bar/memory-bar.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatClock, formatDuration } from '../../lib/format.ts';
import { agentState, isKnown, macName, modelName } from '../../state/agent-state.ts';
import { connection, isConnected, lookAgain, shownAsOf } from '../../state/connection.ts';
import { budgetWords, sourceWords, viewMemory } from '../../state/memory-view.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { modeWords } from '../../state/trust-words.ts';
import { Appearance } from './appearance.tsx';
import { Install } from './install.tsx';
import { Runners } from './runners.tsx';

/** The agent, what it runs, the memory, and this page itself. */
export default function SystemPage(): JSX.Element {
  usePageTitle('System');
  return (
    <ColumnPage class="system">
      <div class="page-title">
        <h1>System</h1>
        <AsOf at={shownAsOf()} />
      </div>
      <Show when={isKnown()} fallback={<Unknown />}>
        <Show when={agentState.memory}>
          {(memory) => (
            <section class="system-card" aria-labelledby="system-memory">
              <h2 id="system-memory">Memory</h2>
              <p>{budgetWords(memory().budget)}.</p>
              <MemoryBar view={viewMemory(memory(), agentState.runners, modelName)} />
              <p class="system-note">{sourceWords(memory().budget)}</p>
            </section>
          )}
        </Show>
        <Runners />
        <Show when={agentState.trust}>{(trust) => <Connections trust={trust()} />}</Show>
        <Show when={agentState.agent}>{(agent) => <Agent agent={agent()} />}</Show>
      </Show>
      <section class="system-card" aria-labelledby="system-page">
        <h2 id="system-page">This page</h2>
        <Appearance />
        <Install />
      </section>
    </ColumnPage>
  );
}

function Unknown(): JSX.Element {
  return (
    <Show when={connection().kind === 'away'} fallback={<Skeleton rows={4} label="Loading the system" />}>
      <ErrorPanel
        failure={{
          what: 'Nothing is known of the Mac yet.',
          why: `${macName()} does not answer, and this device has not been connected to it before.`,
          remedy: 'Check that the Mac is awake and that IMPETUS runs on it.',
        }}
      >
        <Button size="small" onPress={lookAgain}>
          Try again
        </Button>
      </ErrorPanel>
    </Show>
  );
}

/** How other devices get here, in a line; the rest has a page of its own. */
function Connections(props: { readonly trust: TrustStatus }): JSX.Element {
  const answering = (): number => props.trust.origins.filter(({ reachable }) => reachable).length;
  const words = (): string => {
    if (props.trust.problem !== null) return props.trust.problem;
    if (props.trust.mode === 'off') return modeWords.off.text;
    const { length } = props.trust.origins;
    return `${answering()} of ${length} ${length === 1 ? 'address answers' : 'addresses answer'} over https.`;
  };
  return (
    <section class="system-card" aria-labelledby="system-connections">
      <h2 id="system-connections">Connections</h2>
      <p>{words()}</p>
      <p>
        <a class="system-link" href="/system/connections">
          Addresses and certificate
        </a>
      </p>
    </section>
  );
}

function Agent(props: { readonly agent: AgentInfo }): JSX.Element {
  const now = useNow();
  const facts = (): Fact[] => {
    const { agent } = props;
    const startedAt = Date.parse(agent.startedAt);
    const up: Fact = isConnected()
      ? { term: 'Running for', value: formatDuration(Math.max(0, now() - startedAt)) }
      : { term: 'Started', value: formatClock(startedAt, now()) };
    return [
      { term: 'Name', value: agent.name },
      { term: 'IMPETUS', value: agent.version },
      up,
      { term: 'Address', value: agent.http, mono: true },
      { term: 'Computer', value: `${agent.cpu}, ${agent.platform} ${agent.arch}` },
      { term: 'Engine', value: agent.engine },
      { term: 'Node', value: agent.node },
      { term: 'Process', value: String(agent.pid), mono: true },
      { term: 'Models folder', value: agent.modelsFolder, mono: true },
      { term: 'Data folder', value: agent.home, mono: true },
    ];
  };
  return (
    <section class="system-card" aria-labelledby="system-agent">
      <h2 id="system-agent">Agent</h2>
      <Facts facts={facts()} />
    </section>
  );
}
