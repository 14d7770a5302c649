import {
  beginPairingInput,
  ImpetusError,
  pairingEnded,
  type PairingInvitation,
  type PairingView,
} from '@impetus/contracts';
import { askAgent, type AgentClient } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { readGuestTime } from './guest-time.ts';
import { qrLines } from './qr.ts';
import { showFingerprint } from './remote/trust-decision.ts';
import type { Terminal } from './terminal.ts';

export interface PairOptions extends Common {
  readonly name?: string;
  readonly kind?: string;
  readonly scopes?: string;
  /** For how long, such as 3d. */
  readonly guest?: string;
}

/** Invites a device, and asks whoever sits here once it wants in. Ends when the pairing does. */
export async function pair(terminal: Terminal, options: PairOptions): Promise<void> {
  const { name = 'New device', kind = 'phone', scopes = 'infer', guest, json = false } = options;
  const input = beginPairingInput.parse({
    name,
    kind,
    scopes: scopes.split(',').map((scope) => scope.trim()),
    guestUntil: guest === undefined ? null : readGuestTime(guest, Date.now()),
  });
  await askAgent(terminal, options.home, async (agent) => {
    const invitation = await agent.pairing.begin.mutate(input);
    if (json) terminal.out(JSON.stringify({ event: 'invitation', ...invitation }));
    else terminal.out(describe(terminal, invitation, input.name));
    const end = await followed(terminal, agent, invitation.id, json);
    if (end.state !== 'joined')
      throw new ImpetusError('cancelled', endings[end.state] ?? 'The pairing is over.');
    if (!json) terminal.out(`“${end.name}” is in.`);
  });
}

const endings: Partial<Record<PairingView['state'], string>> = {
  denied: 'The device was denied.',
  cancelled: 'The pairing was cancelled.',
  expired: 'Time ran out. Codes are good for two minutes: start again when the device is at hand.',
  closed: 'The pairing was closed after too many wrong codes. Start again.',
};

function describe(terminal: Terminal, invitation: PairingInvitation, name: string): string {
  const { url, code, bootstrapUrl, fingerprint } = invitation;
  return [
    ...qrLines(url, terminal),
    '',
    `To add “${name}”, scan this within two minutes, or open the installed app and type  ${code.slice(0, 4)} ${code.slice(4)}`,
    ...(bootstrapUrl === null ? [] : [`A new device first needs the certificate:  ${bootstrapUrl}`]),
    ...(fingerprint === null ? [] : [`whose SHA-256 fingerprint is  ${showFingerprint(fingerprint)}`]),
    '',
  ].join('\n');
}

/** Shows each change; asks at the one that wants an answer. */
async function followed(
  terminal: Terminal,
  agent: AgentClient,
  id: string,
  json: boolean,
): Promise<PairingView> {
  let seen = 0;
  for (;;) {
    const view = await agent.pairing.follow.mutate({ id, seen });
    if (view.revision > seen) {
      if (json) terminal.out(JSON.stringify({ event: 'state', ...view }));
      else if (view.state === 'asking') await decide(terminal, agent, view);
    }
    if (pairingEnded(view.state) && (view.state !== 'joined' || view.deviceId !== null)) return view;
    seen = view.revision;
  }
}

async function decide(terminal: Terminal, agent: AgentClient, { id, asker }: PairingView): Promise<void> {
  if (asker === null) return;
  const { digits, address, userAgent } = asker;
  terminal.out(`A device at ${address} asks to come in (${userAgent || 'it says nothing of itself'}).`);
  const answer = await terminal.ask(`Does it show  ${digits.slice(0, 3)} ${digits.slice(3)} ? [y/N] `);
  if (answer === null) {
    terminal.out(
      `Compare the digits  ${digits}  and approve on the page, or with \`impetus pair approve ${digits}\`.`,
    );
    return;
  }
  try {
    if (/^y(es)?$/i.test(answer.trim())) await agent.pairing.approve.mutate({ id, digits });
    else await agent.pairing.deny.mutate({ id });
  } catch (error) {
    // Answered on another screen, or too late: what it has become is told next.
    terminal.out((error as Error).message);
  }
}

/** The pairing that shows these digits. */
async function asking(agent: AgentClient, digits: string): Promise<PairingView> {
  const bare = digits.replaceAll(/\s/g, '');
  const found = (await agent.pairing.list.query()).filter(
    ({ state, asker }) => state === 'asking' && asker?.digits === bare,
  );
  if (found[0] !== undefined && found.length === 1) return found[0];
  throw new ImpetusError(
    'not_found',
    'No device asks with these digits. Compare them again, and deny it if they differ.',
  );
}

export async function approvePairing(
  terminal: Terminal,
  digits: string,
  { home, json }: Common,
): Promise<void> {
  const view = await askAgent(terminal, home, async (agent) => {
    const { id, asker } = await asking(agent, digits);
    return agent.pairing.approve.mutate({ id, digits: asker?.digits ?? '' });
  });
  terminal.out(json ? JSON.stringify(view) : `“${view.name}” is approved.`);
}

/** Denies the device that shows these digits; without digits, every device that asks. */
export async function denyPairing(
  terminal: Terminal,
  digits: string | undefined,
  { home, json }: Common,
): Promise<void> {
  const views = await askAgent(terminal, home, async (agent) => {
    const all = (await agent.pairing.list.query()).filter(({ state }) => state === 'asking');
    const denied = digits === undefined ? all : [await asking(agent, digits)];
    return Promise.all(denied.map(({ id }) => agent.pairing.deny.mutate({ id })));
  });
  if (json) terminal.out(JSON.stringify(views));
  else
    terminal.out(
      views.length === 0 ? 'No device asks.' : views.map(({ name }) => `“${name}” is denied.`).join('\n'),
    );
}
