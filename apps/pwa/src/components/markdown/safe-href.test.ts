import { expect, test } from 'vitest';
import { safeHref } from './safe-href.ts';

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['http://example.org', 'http://example.org/'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
  ['javascript:alert(1)', null],
  ['JaVaScRiPt:alert(1)', null],
  [' \u0001javascript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,<script>alert(1)</script>', null],
  ['vbscript:x', null],
  ['blob:https://example.org/1', null],
  ['file:///etc/passwd', null],
  ['/trpc/models.unload', null],
  ['//example.org', null],
  ['#here', null],
  ['', null],
])('%j leads to %j', (href, safe) => {
  expect(safeHref(href)).toBe(safe);
});

test.each([
  ['LICENSE', 'https://hub.example/owner/name/resolve/abc/LICENSE'],
  ['../tree/main', 'https://hub.example/owner/name/resolve/tree/main'],
  ['https://example.org/', 'https://example.org/'],
  ['javascript:alert(1)', null],
  ['#usage', null],
  ['', null],
])('beside a known place %j leads to %j', (href, safe) => {
  expect(safeHref(href, 'https://hub.example/owner/name/resolve/abc/')).toBe(safe);
});
