import './markdown.css';
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import {
  createContext,
  createMemo,
  Index,
  Match,
  Show,
  Switch,
  useContext,
  type Accessor,
  type JSX,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { CodeBlock } from '../code-block/code-block.tsx';
import { decodeEntities } from './entities.ts';
import { HtmlText } from './html-text.tsx';
import { Picture, Reference } from './reference.tsx';
import { BaseUrl } from './base-url.ts';

export interface MarkdownProps {
  readonly text: string;
  /**
   * Where the text was found: relative links lead on from there, and of the HTML that people write into such texts
   * the words are shown without the tags.
   */
  readonly baseUrl?: string;
}

/**
 * Markdown of a model, or of its author. It never becomes HTML: each token of the parser is drawn by a component, so that tags
 * show as the text that they are and nothing in an answer can run. Tokens that did not change since the last
 * look keep their elements, so a growing answer touches only its end.
 */
export default function Markdown(props: MarkdownProps): JSX.Element {
  const tokens = createMemo(
    () => lexer(props.text, { gfm: true, breaks: props.baseUrl === undefined }) as MarkedToken[],
  );
  return (
    <HighestHeading.Provider value={createMemo(() => highestHeading(tokens()))}>
      <BaseUrl.Provider value={props.baseUrl ?? null}>
        <div class="markdown">
          <Blocks tokens={tokens()} />
        </div>
      </BaseUrl.Provider>
    </HighestHeading.Provider>
  );
}

/** Models begin with any level of heading; the page's outline goes on with its second. */
const HighestHeading = createContext<Accessor<number>>(() => 1);

function highestHeading(tokens: readonly MarkedToken[]): number {
  return tokens.reduce(
    (least, token) => (token.type === 'heading' ? Math.min(least, token.depth) : least),
    6,
  );
}

/** Children of a token; the parser's open-ended type stands for the closed set that it produces without extensions. */
function childrenOf(token: { readonly tokens?: Token[] }): MarkedToken[] {
  return (token.tokens ?? []) as MarkedToken[];
}

function Blocks(props: { readonly tokens: readonly MarkedToken[] }): JSX.Element {
  return <Index each={props.tokens}>{(token) => <Piece token={token} />}</Index>;
}

/** The same source is the same picture, whatever object holds it. */
function settled(token: Accessor<MarkedToken>): Accessor<MarkedToken> {
  return createMemo(token, undefined, { equals: (a, b) => a.type === b.type && a.raw === b.raw });
}

function Piece(props: { readonly token: Accessor<MarkedToken> }): JSX.Element {
  const token = settled(props.token);
  const as = <T extends MarkedToken['type']>(type: T): Extract<MarkedToken, { type: T }> | false => {
    const present = token();
    return present.type === type && (present as Extract<MarkedToken, { type: T }>);
  };
  return (
    <Switch fallback={<Inline token={token()} />}>
      <Match when={as('paragraph')}>
        {(paragraph) => (
          <p>
            <Blocks tokens={childrenOf(paragraph())} />
          </p>
        )}
      </Match>
      <Match when={as('heading')}>{(heading) => <Heading heading={heading()} />}</Match>
      <Match when={as('list')}>{(list) => <List list={list()} />}</Match>
      <Match when={as('code')}>
        {(code) => <CodeBlock language={code().lang?.split(/\s/, 1)[0] ?? ''} code={code().text} />}
      </Match>
      <Match when={as('blockquote')}>
        {(quote) => (
          <blockquote>
            <Blocks tokens={childrenOf(quote())} />
          </blockquote>
        )}
      </Match>
      <Match when={as('table')}>{(table) => <Table table={table()} />}</Match>
    </Switch>
  );
}

function Inline(props: { readonly token: MarkedToken }): JSX.Element {
  const draw = (): JSX.Element => {
    const token = props.token;
    switch (token.type) {
      case 'strong':
        return (
          <strong>
            <Blocks tokens={childrenOf(token)} />
          </strong>
        );
      case 'em':
        return (
          <em>
            <Blocks tokens={childrenOf(token)} />
          </em>
        );
      case 'del':
        return (
          <del>
            <Blocks tokens={childrenOf(token)} />
          </del>
        );
      case 'codespan':
        return <code>{token.text}</code>;
      case 'br':
        return <br />;
      case 'hr':
        return <hr />;
      case 'link':
        return <Link link={token} />;
      case 'image':
        return <Picture name={token.text} href={token.href} />;
      case 'checkbox':
        return (
          <input
            type="checkbox"
            disabled
            checked={token.checked}
            aria-label={token.checked ? 'done' : 'open'}
          />
        );
      case 'text':
        return (
          <Show when={token.tokens} fallback={decodeEntities(token.text)}>
            <Blocks tokens={childrenOf(token)} />
          </Show>
        );
      case 'html':
        return <Html html={token} />;
      case 'escape':
        return token.text;
      case 'space':
      case 'def':
        return null;
      default:
        // Tags, and whatever else there may be, as the text that they are.
        return token.raw;
    }
  };
  return <>{draw()}</>;
}

/** Tags as the text that they are; in a text that was found somewhere, what they say. */
function Html(props: { readonly html: Tokens.HTML | Tokens.Tag }): JSX.Element {
  const base = useContext(BaseUrl);
  return (
    <Show when={base !== null} fallback={props.html.raw}>
      <HtmlText html={props.html.raw} />
    </Show>
  );
}

function Heading(props: { readonly heading: Tokens.Heading }): JSX.Element {
  const highest = useContext(HighestHeading);
  const level = (): number => Math.min(6, props.heading.depth - highest() + 2);
  return (
    <Dynamic component={`h${level()}`} data-depth={props.heading.depth}>
      <Blocks tokens={childrenOf(props.heading)} />
    </Dynamic>
  );
}

function List(props: { readonly list: Tokens.List }): JSX.Element {
  const start = (): number | undefined => (props.list.start === '' ? undefined : props.list.start);
  return (
    <Dynamic
      component={props.list.ordered ? 'ol' : 'ul'}
      start={start()}
      data-loose={props.list.loose || undefined}
    >
      <Index each={props.list.items}>
        {(item) => (
          <li data-task={item().task || undefined}>
            <Blocks tokens={childrenOf(item())} />
          </li>
        )}
      </Index>
    </Dynamic>
  );
}

function Table(props: { readonly table: Tokens.Table }): JSX.Element {
  const align = (cell: Tokens.TableCell): JSX.CSSProperties => ({ 'text-align': cell.align ?? undefined });
  return (
    // Reachable by keyboard, because it scrolls.
    <div class="markdown-table" role="region" aria-label="Table" tabindex="0">
      <table>
        <thead>
          <tr>
            <Index each={props.table.header}>
              {(cell) => (
                <th scope="col" style={align(cell())}>
                  <Blocks tokens={childrenOf(cell())} />
                </th>
              )}
            </Index>
          </tr>
        </thead>
        <tbody>
          <Index each={props.table.rows}>
            {(row) => (
              <tr>
                <Index each={row()}>
                  {(cell) => (
                    <td style={align(cell())}>
                      <Blocks tokens={childrenOf(cell())} />
                    </td>
                  )}
                </Index>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
    </div>
  );
}

function Link(props: { readonly link: Tokens.Link }): JSX.Element {
  return (
    <Reference href={decodeEntities(props.link.href)}>
      <Blocks tokens={childrenOf(props.link)} />
    </Reference>
  );
}
