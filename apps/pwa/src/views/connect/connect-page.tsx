import './connect-page.css';
import { findTool, tools } from '@impetus/contracts/tools/index';
import type { Tool } from '@impetus/contracts/tools/types';
import { useNavigate, useParams } from '@solidjs/router';
import Braces from 'lucide-solid/icons/braces';
import Cable from 'lucide-solid/icons/cable';
import CodeXml from 'lucide-solid/icons/code-xml';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import SquareTerminal from 'lucide-solid/icons/square-terminal';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { ListGroup, ListPage } from '../../components/list-page/list-page.tsx';
import { ListRow } from '../../components/list-row/list-row.tsx';
import { SearchField } from '../../components/search-field/search-field.tsx';
import { TwoPanes } from '../../components/two-panes/two-panes.tsx';
import { shownAsOf } from '../../state/connection.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { ToolDetail } from './tool-detail.tsx';
import { toolPath } from './tool-path.ts';

const groups: Readonly<Record<Tool['kind'], { readonly heading: string; readonly icon: () => JSX.Element }>> =
  {
    editor: { heading: 'In an editor', icon: () => <CodeXml /> },
    agent: { heading: 'In a terminal', icon: () => <SquareTerminal /> },
    chat: { heading: 'In a browser', icon: () => <MessagesSquare /> },
    code: { heading: 'In a program of yours', icon: () => <Braces /> },
  };
const kinds = Object.keys(groups) as readonly Tool['kind'][];

/** The programs that can use a model; beside the list or over it how one of them is connected. */
export default function ConnectPage(): JSX.Element {
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  usePageTitle('Connect a tool', () => findTool(params.id ?? '')?.name);
  return (
    <TwoPanes
      list={<ToolList currentId={params.id} />}
      chosen={params.id}
      detail={(id) => (
        <Show
          when={findTool(id)}
          fallback={<EmptyState title="This tool is not here" text="Choose one from the list." />}
        >
          {(tool) => <ToolDetail tool={tool()} />}
        </Show>
      )}
      hint={
        <EmptyState
          icon={<Cable />}
          title="No tool chosen"
          text="Choose one to give it a key of its own, to copy what it has to be told, and to test whether the model does what it needs."
        />
      }
      title={findTool(params.id ?? '')?.name ?? 'Tool'}
      onClose={() => navigate('/connect', { replace: true })}
    />
  );
}

function ToolList(props: { readonly currentId: string | undefined }): JSX.Element {
  const [search, setSearch] = createSignal('');
  const found = (): readonly Tool[] => tools.filter((tool) => isFound(tool, search()));
  return (
    <ListPage
      title="Connect a tool"
      asOf={shownAsOf()}
      filters={
        <SearchField
          label="Search tools"
          placeholder="Cline, Zed, Python…"
          value={search()}
          onInput={setSearch}
        />
      }
    >
      <Show
        when={found().length > 0}
        fallback={
          <EmptyState
            icon={<Cable />}
            title="No such tool here"
            text="Most programs take an address and a key: choose curl to see both, and type them where the program asks for an OpenAI-compatible server."
          >
            <Button onPress={() => setSearch('')}>Show all tools</Button>
          </EmptyState>
        }
      >
        <For each={kinds}>
          {(kind) => (
            <ToolGroup
              kind={kind}
              tools={found().filter((tool) => tool.kind === kind)}
              currentId={props.currentId}
            />
          )}
        </For>
      </Show>
    </ListPage>
  );
}

function ToolGroup(props: {
  readonly kind: Tool['kind'];
  readonly tools: readonly Tool[];
  readonly currentId: string | undefined;
}): JSX.Element {
  return (
    <Show when={props.tools.length > 0}>
      <ListGroup heading={groups[props.kind].heading}>
        <For each={props.tools}>
          {(tool) => (
            <ListRow
              href={toolPath(tool.id)}
              isCurrent={tool.id === props.currentId}
              icon={groups[props.kind].icon()}
              title={tool.name}
              facts={tool.about}
            />
          )}
        </For>
      </ListGroup>
    </Show>
  );
}

function isFound({ name, about }: Tool, search: string): boolean {
  const text = `${name} ${about}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
