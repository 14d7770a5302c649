import { For, Match, Switch, type JSX } from 'solid-js';
import { Picture, Reference } from './reference.tsx';

/** What nobody reads. */
const silent = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'NOSCRIPT', 'SVG', 'HEAD']);
/** What begins a line of its own. */
const blocks = new Set([
  'P',
  'DIV',
  'LI',
  'TR',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'SUMMARY',
  'TABLE',
  'UL',
  'OL',
]);

/**
 * What HTML says, without being it: the tags are read in a document of their own, where nothing runs and nothing is
 * fetched, and only words, links and the names of pictures are drawn anew from it.
 */
export function HtmlText(props: { readonly html: string }): JSX.Element {
  const nodes = (): readonly Node[] => [
    ...new DOMParser().parseFromString(props.html, 'text/html').body.childNodes,
  ];
  return <Pieces nodes={nodes()} />;
}

function Pieces(props: { readonly nodes: readonly Node[] }): JSX.Element {
  return <For each={props.nodes}>{(node) => <Piece node={node} />}</For>;
}

function Piece(props: { readonly node: Node }): JSX.Element {
  const { node } = props;
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) || silent.has(node.tagName.toUpperCase())) return null;
  const children = (): JSX.Element => <Pieces nodes={[...node.childNodes]} />;
  const attribute = (name: string): string => node.getAttribute(name) ?? '';
  return (
    <Switch fallback={children()}>
      <Match when={node.tagName === 'BR'}>
        <br />
      </Match>
      <Match when={node.tagName === 'IMG'}>
        <Picture name={attribute('alt')} href={attribute('src')} />
      </Match>
      <Match when={node.tagName === 'A'}>
        <Reference href={attribute('href')}>{children()}</Reference>
      </Match>
      <Match when={node.tagName === 'CODE' || node.tagName === 'PRE'}>
        <code>{node.textContent}</code>
      </Match>
      <Match when={node.tagName === 'B' || node.tagName === 'STRONG'}>
        <strong>{children()}</strong>
      </Match>
      <Match when={node.tagName === 'I' || node.tagName === 'EM'}>
        <em>{children()}</em>
      </Match>
      <Match when={blocks.has(node.tagName)}>
        <span class="markdown-line">{children()}</span>
      </Match>
    </Switch>
  );
}
