import { Random } from '../engine/random.ts';

/** What a client of the soak does; the shares add up to one. */
export const kinds = [
  { name: 'streamed', share: 0.3 },
  { name: 'whole', share: 0.2 },
  { name: 'conversation', share: 0.15 },
  { name: 'leaves before the answer', share: 0.1 },
  { name: 'leaves mid-answer', share: 0.15 },
  { name: 'over-long prompt', share: 0.1 },
] as const;

export type Kind = (typeof kinds)[number]['name'];

export interface Asked {
  readonly kind: Kind;
  readonly body: object;
  /** True: the client closes the connection; told null before anything came, then all that came. */
  readonly leaveWhen: ((received: string | null) => boolean) | null;
}

const words = ['evening', 'garden', 'river', 'letter', 'harbour', 'winter', 'lantern', 'orchard'];

/** The next request, drawn by the shares. `contextSize` in tokens. */
export function draw(random: Random, model: string, contextSize: number): Asked {
  const kind = drawKind(random);
  const base = { model, seed: random.uint32(), max_tokens: random.between(16, 96), ignore_eos: true };
  const stream = kind !== 'whole';
  const messages = messagesOf(kind, random, contextSize);
  return { kind, body: { ...base, stream, messages }, leaveWhen: leaving(kind) };
}

function drawKind(random: Random): Kind {
  let left = random.uint32() / 2 ** 32;
  for (const { name, share } of kinds) {
    left -= share;
    if (left < 0) return name;
  }
  return 'streamed';
}

function sentence(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(words)).join(' ');
}

function messagesOf(kind: Kind, random: Random, contextSize: number): object[] {
  const user = (content: string) => ({ role: 'user', content });
  switch (kind) {
    case 'over-long prompt':
      // A word of these is at least one token.
      return [user(sentence(random, contextSize * 2))];
    case 'conversation':
      return [
        { role: 'system', content: `You help with the garden. ${sentence(new Random(1), 120)}` },
        user(sentence(random, 20)),
        { role: 'assistant', content: sentence(random, 30) },
        user(sentence(random, 12)),
      ];
    default:
      return [user(sentence(random, random.between(4, 160)))];
  }
}

function leaving(kind: Kind): Asked['leaveWhen'] {
  if (kind === 'leaves before the answer') return () => true;
  if (kind === 'leaves mid-answer') return (received) => (received?.split('"content"').length ?? 0) > 4;
  return null;
}
