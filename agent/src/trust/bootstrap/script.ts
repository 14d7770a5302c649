/**
 * What the page does by itself where scripts run; without them all but the check works. It is sent as it is here and
 * allowed by its hash, so it holds no data: what it needs is in the page.
 */
export const script = `
'use strict';
(() => {
  const chosen = new URLSearchParams(location.search).has('for');
  if (!chosen && navigator.maxTouchPoints > 1 && /Macintosh/.test(navigator.userAgent)) location.replace('/?for=ios');
  const section = document.getElementById('check');
  const button = section.querySelector('button');
  const output = section.querySelector('output');
  const hosts = JSON.parse(section.dataset.origins);
  section.hidden = false;
  const reaches = (origin) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 6000);
    return fetch(origin + '/trust/check', { mode: 'no-cors', cache: 'no-store', signal: limit.signal })
      .then(() => 'yes', () => (limit.signal.aborted ? 'silent' : 'no'))
      .finally(() => clearTimeout(timer));
  };
  const say = (text, good) => {
    output.textContent = text;
    output.className = good ? 'good' : '';
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    say('Asking the Mac over https…', false);
    const results = await Promise.all(hosts.map(reaches));
    button.disabled = false;
    const reached = hosts.filter((_, index) => results[index] === 'yes');
    const isAddress = (origin) => /^https:..[\\d[]/.test(origin);
    if (reached.some((origin) => !isAddress(origin))) say('This device trusts the certificate and finds the Mac. Open Impetus with the link.', true);
    else if (reached.length > 0) say('The certificate is trusted, but this device does not find the name. Open ' + reached[0] + ' instead.', true);
    else if (results.includes('no')) say(section.dataset.missing, false);
    else say('Nothing answered over https. Look whether this device is in the same Wi-Fi as the Mac, and whether the Mac’s firewall lets Impetus in.', false);
  });
})();
`;
