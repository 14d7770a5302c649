import { createEffect, createSignal, onMount, type Accessor } from 'solid-js';
import { announce } from './announcer.ts';

let opened = false;

const [news, setNews] = createSignal('');

/** What happened while nobody looked stands before the page's own name; empty: nothing. */
export function setTitleNews(words: string): void {
  setNews(words);
}

/** Names the page in the window's title, and tells those who hear the page that they are on another one. */
export function usePageTitle(page: string, detail?: Accessor<string | undefined>): void {
  createEffect(() => {
    document.title = [news(), detail?.(), page, 'IMPETUS'].filter(Boolean).join(' · ');
  });
  onMount(() => {
    // The browser itself reads the first one.
    if (opened) announce(page);
    opened = true;
  });
}
