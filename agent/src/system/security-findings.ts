import type { ApiKeyInfo, DeviceInfo, SecurityFinding, TrustStatus, UserInfo } from '@impetus/contracts';

export interface SecurityFacts {
  readonly now: number;
  readonly http: string;
  readonly users: readonly UserInfo[];
  readonly devices: readonly DeviceInfo[];
  readonly keys: readonly ApiKeyInfo[];
  readonly corsOrigins: readonly string[];
  readonly ollamaWithoutKey: boolean;
  readonly trust: TrustStatus;
  /** Paths that others on this computer may read. */
  readonly openFiles: readonly string[];
}

const dayMs = 86_400_000;
const soonMs = 14 * dayMs;
const longUnusedMs = 90 * dayMs;

const fine = (what: string): SecurityFinding => ({ level: 'fine', what, remedy: null });
const note = (what: string, remedy: string | null = null): SecurityFinding => ({
  level: 'note',
  what,
  remedy,
});
const warning = (what: string, remedy: string): SecurityFinding => ({ level: 'warning', what, remedy });

/** What a careful owner would want to know, in the order of what an attacker meets. */
export function findingsOf(facts: SecurityFacts): readonly SecurityFinding[] {
  return [
    fine(`Plain http is served on this computer alone: ${facts.http}.`),
    ...listenerFindings(facts),
    ...ownerFindings(facts),
    ...keyFindings(facts),
    ...deviceFindings(facts),
    ...originFindings(facts),
    ...keylessFindings(facts),
    ...fileFindings(facts),
  ];
}

function listenerFindings({ trust, now }: SecurityFacts): SecurityFinding[] {
  if (trust.mode === 'off' || trust.port === null) {
    return [
      trust.problem === null
        ? fine('Other devices are kept out.')
        : note(`Other devices cannot come in: ${trust.problem}`),
    ];
  }
  const { certificate, bootstrap } = trust;
  return [
    fine(`Other devices come in over https alone, at port ${trust.port}, as ${trust.name}.`),
    ...(certificate === null ? [] : [certificateFinding(certificate.notAfter, now)]),
    ...(bootstrap === null
      ? []
      : [
          note(
            `The certificate is handed out over plain http until ${bootstrap.until}. It closes by itself.`,
          ),
        ]),
  ];
}

function certificateFinding(notAfter: string, now: number): SecurityFinding {
  const left = Date.parse(notAfter) - now;
  const until = notAfter.slice(0, 10);
  if (left <= 0)
    return warning(`The certificate ended on ${until}.`, 'Renew it on the page under Connections.');
  return left < soonMs
    ? note(`The certificate ends soon, on ${until}.`)
    : fine(`The certificate is good until ${until}.`);
}

function ownerFindings({ users, now }: SecurityFacts): SecurityFinding[] {
  const owner = users.find((user) => user.owner);
  if (owner === undefined) {
    return [
      warning(
        'This agent has no owner: whoever reads the terminal that started it can become the owner.',
        'Open the set-up link, or run “impetus owner create --name …”.',
      ),
    ];
  }
  const admins = users.filter((user) => !user.owner && user.scopes.includes('admin'));
  const waiting = users.filter((user) => user.mustChangePassword);
  return [
    fine(`The owner is “${owner.name}”.`),
    ...admins.map(({ name }) => note(`The user “${name}” may manage this agent too.`)),
    ...waiting.map(({ name, createdAt }) =>
      note(`The user “${name}”, made ${agoOf(createdAt, now)}, has not chosen a password of their own yet.`),
    ),
  ];
}

function keyFindings({ keys, now }: SecurityFacts): SecurityFinding[] {
  const good = keys.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now),
  );
  if (good.length === 0) return [fine('There is no API key that works.')];
  return good.flatMap((key) => {
    const name = `The API key “${key.name}” (${key.id})`;
    const lastUse = Date.parse(key.lastUsedAt ?? key.createdAt);
    return [
      ...(key.scopes.includes('admin')
        ? [
            warning(
              `${name} may manage this agent.`,
              `Give it fewer scopes, or revoke it: impetus keys revoke ${key.id}`,
            ),
          ]
        : []),
      ...(key.expiresAt === null ? [note(`${name} has no expiry.`)] : []),
      ...(now - lastUse > longUnusedMs
        ? [
            note(
              `${name} was not used for ${Math.floor((now - lastUse) / dayMs)} days.`,
              `impetus keys revoke ${key.id}`,
            ),
          ]
        : []),
    ];
  });
}

function deviceFindings({ devices, now }: SecurityFacts): SecurityFinding[] {
  return devices
    .filter(({ lastSeenAt, createdAt }) => now - Date.parse(lastSeenAt ?? createdAt) > longUnusedMs)
    .map(({ name, lastSeenAt, createdAt }) =>
      note(
        `The device “${name}” was last seen ${agoOf(lastSeenAt ?? createdAt, now)}.`,
        'Revoke it on the page under Devices if it is gone.',
      ),
    );
}

function originFindings({ corsOrigins }: SecurityFacts): SecurityFinding[] {
  if (corsOrigins.length === 0) return [fine('No page elsewhere may use the model endpoints.')];
  return corsOrigins.map((origin) =>
    origin.startsWith('http://') && !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/u.test(origin)
      ? warning(
          `Pages on ${origin} may use the model endpoints with a key, and come over plain http.`,
          'Take it out of the setting corsOrigins, or serve that page over https.',
        )
      : note(`Pages on ${origin} may use the model endpoints with a key.`),
  );
}

function keylessFindings({ ollamaWithoutKey }: SecurityFacts): SecurityFinding[] {
  if (!ollamaWithoutKey) return [];
  return [
    note(
      'Every program on this computer may use models without a key, through Ollama’s API.',
      'Switch the setting ollamaWithoutKey off where a program can send a key.',
    ),
  ];
}

function fileFindings({ openFiles }: SecurityFacts): SecurityFinding[] {
  if (openFiles.length === 0) return [fine('The data folder can be read by its owner alone.')];
  return openFiles.map((path) => warning(`Others on this computer may read ${path}.`, `chmod go= '${path}'`));
}

function agoOf(moment: string, now: number): string {
  const days = Math.floor((now - Date.parse(moment)) / dayMs);
  if (days === 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
