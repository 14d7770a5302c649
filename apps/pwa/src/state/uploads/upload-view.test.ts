import type { Upload } from '@impetus/contracts/uploads';
import { expect, test } from 'vitest';
import { uploadViews, type Sending } from './upload-view.ts';

const upload = (some: Partial<Upload>): Upload => ({
  id: 'u',
  url: '/uploads/u',
  name: 'model.gguf',
  sizeBytes: 4e9,
  receivedBytes: 1e9,
  state: 'receiving',
  senderName: 'Laptop',
  startedAt: '2026-01-01T10:00:00.000Z',
  expiresAt: '2026-01-03T10:00:00.000Z',
  sha256: null,
  modelId: null,
  wasHere: false,
  error: null,
  ...some,
});
const sending = (some: Partial<Sending>): Sending => ({
  key: 's',
  name: 'model.gguf',
  sizeBytes: 4e9,
  sentBytes: 2e9,
  state: 'sending',
  url: 'https://mac.local/uploads/u',
  bytesPerSecond: 20e6,
  reason: null,
  ...some,
});
const now = Date.parse('2026-01-02T10:00:00.000Z');

test('what this page sends is one row, with its speed and the time left', () => {
  const rows = uploadViews([sending({})], [upload({})], true, now);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    words: 'Sending',
    amounts: '2 GB of 4 GB · 20 MB/s · 2 min left',
    can: ['pause', 'drop'],
  });
});

test('is one row too before this page knows its address, though the agent already tells of it', () => {
  const early = sending({ url: null, sentBytes: 0, bytesPerSecond: null });
  expect(uploadViews([early], [upload({ receivedBytes: 0 })], true, now)).toMatchObject([
    { words: 'Sending' },
  ]);
  const other = upload({ name: 'other.gguf' });
  expect(uploadViews([early], [other], true, now)).toHaveLength(2);
});

test('while the Mac is away it says that it goes on by itself', () => {
  const [row] = uploadViews([sending({})], [], false, now);
  expect(row).toMatchObject({ words: 'Goes on when the Mac is back', amounts: '2 GB of 4 GB' });
});

test.each<[Partial<Upload>, string, string[]]>([
  [{ state: 'receiving' }, 'From Laptop', ['drop']],
  [{ state: 'interrupted' }, 'Interrupted', ['choose-again', 'drop']],
  [{ state: 'checking' }, 'Checking', []],
  [{ state: 'done', modelId: 'm' }, 'In the library', ['dismiss']],
  [{ state: 'done', modelId: 'm', wasHere: true }, 'In the library already', ['dismiss']],
  [
    { state: 'failed', error: { code: 'invalid_request', message: 'This is not a GGUF.' } },
    'Refused',
    ['dismiss'],
  ],
])('another’s upload that is %j reads %s', (some, words, can) => {
  expect(uploadViews([], [upload(some)], true, now)[0]).toMatchObject({ words, can });
});

test('when all was sent, the agent has the word', () => {
  const [row] = uploadViews(
    [sending({ sentBytes: 4e9 })],
    [upload({ state: 'done', modelId: 'm' })],
    true,
    now,
  );
  expect(row).toMatchObject({ key: 's', words: 'In the library', modelId: 'm' });
});

test('what was sent is checked, until the agent says how it ended', () => {
  const [row] = uploadViews([sending({ sentBytes: 4e9, state: 'sent' })], [], true, now);
  expect(row).toMatchObject({ words: 'Checking', can: [] });
});

test('a failure says why, and can be gone on with', () => {
  const [row] = uploadViews([sending({ state: 'failed', reason: 'There is no room.' })], [], true, now);
  expect(row).toMatchObject({ words: 'Failed', reason: 'There is no room.', can: ['resume', 'drop'] });
});
