import { Show, useContext, type JSX } from 'solid-js';
import { BaseUrl } from './base-url.ts';
import { safeHref } from './safe-href.ts';

/** A link that somebody else wrote: to another page, which learns nothing of this one. */
export function Reference(props: { readonly href: string; readonly children: JSX.Element }): JSX.Element {
  const base = useContext(BaseUrl);
  return (
    <Show when={safeHref(props.href, base)} fallback={props.children}>
      {(href) => (
        <a href={href()} target="_blank" rel="noopener noreferrer nofollow">
          {props.children}
        </a>
      )}
    </Show>
  );
}

/** A picture is named, not fetched: fetching it would tell its server who reads what. */
export function Picture(props: { readonly name: string; readonly href: string }): JSX.Element {
  return <Reference href={props.href}>{`Picture: ${props.name || fileOf(props.href)}`}</Reference>;
}

/** The last part of an address: badges and charts have long ones. */
function fileOf(href: string): string {
  return href.split(/[?#]/u, 1)[0]?.split('/').at(-1) || href;
}
