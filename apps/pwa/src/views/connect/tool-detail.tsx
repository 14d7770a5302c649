import type { Tool } from '@impetus/contracts/tools/types';
import ExternalLink from 'lucide-solid/icons/external-link';
import { Show, type JSX } from 'solid-js';
import { Detail, DetailCard } from '../../components/detail/detail.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { isKnown, macName } from '../../state/agent-state.ts';
import { SelfTest } from './self-test.tsx';
import { ToolCertificate } from './tool-certificate.tsx';
import { ToolChoices } from './tool-choices.tsx';
import { ToolKey } from './tool-key.tsx';
import { ToolSteps } from './tool-steps.tsx';
import { useTarget } from './use-target.ts';

/** How one tool is connected: what it is pointed at, its key, what it has to be told, and whether it will work. */
export function ToolDetail(props: { readonly tool: Tool }): JSX.Element {
  const choice = useTarget();
  return (
    <Detail name={props.tool.name} about={props.tool.about}>
      <Show when={isKnown()} fallback={<Skeleton rows={4} label="Loading what the tool is told" />}>
        <Show when={choice.target()} fallback={<Nothing hasModel={choice.model() !== null} />}>
          {(target) => (
            <>
              <DetailCard title="Model and address">
                <ToolChoices tool={props.tool} choice={choice} />
              </DetailCard>
              <DetailCard title="Key">
                <ToolKey tool={props.tool} secret={choice.secret()} onSecret={choice.setSecret} />
              </DetailCard>
              <Show when={target().authority !== null}>
                <DetailCard title="Certificate">
                  <ToolCertificate tool={props.tool} />
                </DetailCard>
              </Show>
              <DetailCard title="Configuration">
                <Show when={props.tool.link}>
                  {(link) => (
                    <a class="button connect-link" data-kind="plain" data-size="small" href={link().href}>
                      <ExternalLink />
                      <span>{link().label}</span>
                    </a>
                  )}
                </Show>
                <ToolSteps steps={props.tool.steps(target())} />
              </DetailCard>
              <DetailCard title="Self-test">
                <SelfTest tool={props.tool} choice={choice} />
              </DetailCard>
            </>
          )}
        </Show>
      </Show>
    </Detail>
  );
}

function Nothing(props: { readonly hasModel: boolean }): JSX.Element {
  return (
    <Show
      when={!props.hasModel}
      fallback={
        <EmptyState
          title="No address yet"
          text={`${macName()} does not answer under any address just now.`}
        />
      }
    >
      <EmptyState
        title="No model yet"
        text="A tool is connected to a model. Find one that fits first; the sample that comes with the agent will do to try it."
      >
        <a class="button" data-kind="plain" href="/search">
          <span>Find models</span>
        </a>
      </EmptyState>
    </Show>
  );
}
