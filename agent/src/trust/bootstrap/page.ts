import { createHash } from 'node:crypto';
import type { AuthorityCertificate } from '@impetus/contracts';
import { icon, mark } from './icons.ts';
import { platforms, type Platform, type Step } from './platforms.ts';
import { script } from './script.ts';
import { style } from './style.ts';

export interface BootstrapPage {
  /** How screens name the Mac. */
  readonly computer: string;
  readonly authority: AuthorityCertificate;
  /** The https origins, the best one first. */
  readonly origins: readonly string[];
  /** The id of the guide to show. */
  readonly platform: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Text with its `code`, **places** and *words* marked. */
const marked = (text: string) =>
  escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/\*([^*]+)\*/g, '<i>$1</i>');

/** Sixty-four digits in sixteen groups, as people compare them. */
export function fingerprintGroups(fingerprint: string): string[] {
  return fingerprint.toUpperCase().match(/.{4}/g) ?? [];
}

const downloads = {
  crt: 'Download impetus.crt',
  pem: 'Download impetus.pem',
  mobileconfig: 'Download the profile',
} as const;

function stepItem({ icon: name, title, text, missed, download }: Step): string {
  const often = missed === true ? '<span class="often">This step is often missed</span>' : '';
  const link =
    download === undefined
      ? ''
      : `<p><a class="button" href="/impetus.${download}" download>${downloads[download]}</a></p>`;
  const kind = missed === true ? ' class="missed"' : '';
  return `<li${kind}><span>${icon(name)}</span><div>${often}<h3>${escape(title)}</h3><p>${marked(text)}</p>${link}</div></li>`;
}

/** What most likely is still missing, for the check that failed. */
function missingWords({ steps }: Platform): string {
  const missed = steps.find((step) => step.missed === true);
  const step =
    missed === undefined
      ? ''
      : ` Step ${steps.indexOf(missed) + 1}, “${missed.title}”, is the one that is missed most.`;
  return `This device does not trust the certificate yet.${step}`;
}

function navigation(all: readonly Platform[], shown: Platform): string {
  const links = all.map(({ id, name }) => {
    const current = id === shown.id ? ' aria-current="page"' : '';
    return `<a href="/?for=${id}"${current}>${escape(name)}</a>`;
  });
  return `<nav aria-label="Kind of device">${links.join('')}</nav>`;
}

function openLinks(origins: readonly string[]): string {
  const [first, ...others] = origins.map((origin) => `<a href="${escape(origin)}/">${escape(origin)}</a>`);
  if (first === undefined) return '<p>The Mac has no https address on this network yet.</p>';
  const rest = others.length === 0 ? '' : `<p class="quiet">Or by an address: ${others.join(', ')}</p>`;
  return `<p>${first}</p>${rest}`;
}

/** The whole page, with nothing that would have to be fetched. */
export function bootstrapPage({ computer, authority, origins, platform }: BootstrapPage): string {
  const all = platforms({ authority: authority.name });
  const shown = all.find(({ id }) => id === platform) ?? all[0];
  const groups = fingerprintGroups(authority.fingerprint).map((group) => `<span>${group}</span>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trust ${escape(computer)}: ${escape(shown.name)}</title>
<style>${style}</style>
</head>
<body>
<header>${mark}<span>Impetus</span></header>
<main>
<h1>Let this device trust ${escape(computer)}</h1>
<p class="quiet">The certificate vouches for this Mac alone, by its own name and addresses at home. It cannot vouch for any other site.</p>
${navigation(all, shown)}
<section aria-labelledby="steps"><h2 id="steps">On ${escape(shown.name)}</h2><ol>${shown.steps.map(stepItem).join('')}</ol></section>
<section aria-labelledby="print"><h2 id="print">The fingerprint</h2>
<p class="quiet">SHA-256 of “${escape(authority.name)}”</p>
<div class="fingerprint">${groups.join('')}</div>
<p class="quiet">Compare what your device shows with what the Mac shows.</p></section>
<section id="check" aria-labelledby="try" hidden data-origins="${escape(JSON.stringify(origins))}" data-missing="${escape(missingWords(shown))}">
<h2 id="try">Does it work?</h2><div class="row"><button class="button second" type="button">Check</button></div><output></output></section>
<section aria-labelledby="open"><h2 id="open">Open Impetus</h2>${openLinks(origins)}</section>
</main>
<script>${script}</script>
</body>
</html>
`;
}

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const scriptHash = hash(script);
const styleHash = hash(style);

/** Nothing but the page's own style and script runs; it may ask the Mac's https addresses whether they are trusted. */
export function bootstrapPolicy(origins: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scriptHash}`,
    `style-src ${styleHash}`,
    `connect-src ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
