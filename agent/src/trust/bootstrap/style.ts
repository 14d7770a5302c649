/** The page's own style: the app's tokens, and nothing that has to be fetched. */
export const style = `
:root{color-scheme:light dark;
--ground:light-dark(oklch(0.972 0.006 255),oklch(0.165 0.01 255));
--surface:light-dark(oklch(0.995 0.004 255),oklch(0.205 0.011 255));
--raised:light-dark(oklch(0.938 0.009 255),oklch(0.265 0.013 255));
--ink:light-dark(oklch(0.25 0.015 255),oklch(0.945 0.006 255));
--ink-2:light-dark(oklch(0.46 0.015 255),oklch(0.75 0.012 255));
--accent:light-dark(oklch(0.56 0.19 258),oklch(0.72 0.14 255));
--on-accent:light-dark(oklch(0.995 0.004 255),oklch(0.17 0.03 258));
--accent-ink:light-dark(oklch(0.5 0.18 258),oklch(0.78 0.12 255));
--accent-soft:light-dark(oklch(0.93 0.035 258),oklch(0.3 0.06 258));
--working-soft:light-dark(oklch(0.95 0.04 80),oklch(0.3 0.05 80));
--good:light-dark(oklch(0.5 0.14 155),oklch(0.78 0.14 155))}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:0.9375rem/1.45 ui-sans-serif,-apple-system,system-ui,'Segoe UI',Roboto,sans-serif;-webkit-text-size-adjust:100%}
main,header{max-width:40rem;margin:0 auto;padding:0 16px}
header{display:flex;align-items:center;gap:10px;padding-top:20px;padding-bottom:4px;font-weight:600}
main{padding-bottom:48px}
h1{font-size:1.625rem;line-height:1.2;margin:16px 0 8px;text-wrap:balance}
h2{font-size:1.0625rem;line-height:1.2;margin:0 0 8px}
h3{font-size:0.9375rem;line-height:1.3;margin:0 0 4px}
p{margin:0 0 12px}
.quiet{color:var(--ink-2)}
section{background:var(--surface);border-radius:10px;padding:16px;margin:16px 0}
nav{display:flex;flex-wrap:wrap;gap:4px;margin:16px 0 0}
nav a{display:flex;align-items:center;min-height:44px;padding:0 14px;border-radius:6px;color:var(--ink);text-decoration:none}
nav a[aria-current]{background:var(--accent-soft);color:var(--accent-ink);font-weight:600}
ol{list-style:none;margin:0;padding:0;counter-reset:step}
li{display:grid;grid-template-columns:40px 1fr;gap:12px;padding:14px 0;counter-increment:step}
li+li{border-top:1px solid light-dark(oklch(0.25 0.015 255/0.1),oklch(0.945 0.006 255/0.1))}
li>span{display:grid;place-items:center;width:40px;height:40px;border-radius:10px;background:var(--raised);color:var(--ink-2)}
li h3::before{content:counter(step) '. '}
li p:last-child,section>p:last-child{margin:0}
li.missed>span{background:var(--working-soft);color:var(--ink)}
.often{display:inline-block;background:var(--working-soft);border-radius:6px;padding:1px 8px;font-size:0.8125rem;margin-bottom:6px}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:44px;padding:0 18px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.button.second{background:var(--raised);color:var(--ink)}
a{color:var(--accent-ink)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,.fingerprint{font-family:ui-monospace,'SF Mono',Menlo,'Roboto Mono','Liberation Mono',monospace;font-size:0.8125rem}
li code{background:var(--raised);border-radius:4px;padding:1px 4px;overflow-wrap:anywhere}
.fingerprint{display:grid;grid-template-columns:repeat(4,max-content);gap:4px 2ch;margin:0 0 12px;font-size:1.0625rem}
.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
output{display:block;min-height:3em;margin-top:12px}
output.good{color:var(--good);font-weight:600}
[hidden]{display:none}
@media(min-width:600px){main,header{padding-left:24px;padding-right:24px}section{padding:20px 24px}}
`;
