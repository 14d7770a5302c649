import { expect, test } from 'vitest';
import {
  graceMs,
  initialFacts,
  reduceLink,
  viewLink,
  type LinkEvent,
  type LinkFacts,
} from './connection-machine.ts';

const start = 1_000_000;

function after(...events: LinkEvent[]): LinkFacts {
  return events.reduce(reduceLink, initialFacts(start));
}

test('a page that has just been opened is reconnecting, and then away without a time', () => {
  expect(viewLink(after(), start + 100)).toEqual({ kind: 'reconnecting' });
  expect(viewLink(after(), start + graceMs)).toEqual({ kind: 'away', since: null });
});

test('a page that remembers its last visit says since when the Mac is away', () => {
  const facts = after({ type: 'remembered', heardAt: 500 });
  expect(viewLink(facts, start + graceMs)).toEqual({ kind: 'away', since: 500 });
});

test('it is connected when the agent has answered, not when a socket has opened', () => {
  expect(viewLink(after({ type: 'heard', at: start + 10 }), start + 10).kind).toBe('reconnecting');
  expect(viewLink(after({ type: 'answered', at: start + 10 }), start + 60_000).kind).toBe('connected');
});

test('a loss is reconnecting first and away later, since the agent was last heard', () => {
  const facts = after(
    { type: 'answered', at: start },
    { type: 'heard', at: start + 3_000 },
    { type: 'lost', at: start + 11_000 },
  );
  expect(viewLink(facts, start + 11_000 + graceMs - 1)).toEqual({ kind: 'reconnecting' });
  expect(viewLink(facts, start + 11_000 + graceMs)).toEqual({ kind: 'away', since: start + 3_000 });
});

test('further failed tries leave the time of the loss as it is', () => {
  const facts = after(
    { type: 'answered', at: start },
    { type: 'lost', at: start + 1_000 },
    { type: 'lost', at: start + 9_000 },
  );
  expect(viewLink(facts, start + 10_000)).toEqual({ kind: 'away', since: start });
});

test('a routine question leaves it connected; one after a long sleep does not until it is answered', () => {
  const asked = after({ type: 'answered', at: start }, { type: 'doubted', at: start + 5_000 });
  expect(viewLink(asked, start + 5_000).kind).toBe('connected');
  const woken = after({ type: 'answered', at: start }, { type: 'doubted', at: start + 3_600_000 });
  expect(viewLink(woken, start + 3_600_000).kind).toBe('reconnecting');
  const heard = reduceLink(woken, { type: 'heard', at: start + 3_600_050 });
  expect(viewLink(heard, start + 3_600_050).kind).toBe('connected');
});
