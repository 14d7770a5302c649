import { uploadsPath, type Upload } from '@impetus/contracts/uploads';
import type { Upload as TusUpload } from 'tus-js-client';
import { createEffect, createMemo, createRoot, on } from 'solid-js';
import { createStore } from 'solid-js/store';
import { api } from '../../api/client.ts';
import { attempt } from '../actions.ts';
import { agentState } from '../agent-state.ts';
import { isConnected } from '../connection.ts';
import { showToast } from '../toasts.ts';
import { noRate, rateOf, withMark, type RateWindow } from './rate.ts';
import { differenceFrom } from './same-file.ts';
import { isLasting, refusalOf } from './refusal.ts';
import { samePlace, uploadViews, type Sending, type UploadRowView } from './upload-view.ts';

/** So many files are sent at once; the others wait in line. */
const atOnce = 2;
/** A link that is lost for longer is gone on with when the Mac is back. */
const retryDelays = [0, 1_000, 3_000, 5_000];

interface Job {
  readonly file: File;
  /** Where it goes on, if it was begun before. */
  readonly from: string | null;
  tus: TusUpload | null;
  rate: RateWindow;
}

const jobs = new Map<string, Job>();
const [sendings, setSendings] = createStore<Sending[]>([]);
let count = 0;

const derived = createRoot(() => {
  // A link that came back: what it interrupted goes on.
  createEffect(
    on(isConnected, (connected) => {
      if (!connected) return;
      for (const { key, state, reason } of sendings) if (state === 'sending' && reason === null) restart(key);
    }),
  );
  return createMemo(() => uploadViews(sendings, agentState.uploads, isConnected(), Date.now()));
});

/** All files on their way in, this page's and others'. */
export const uploadRows: () => readonly UploadRowView[] = derived;

/** Sends files, two at a time. */
export function sendFiles(files: Iterable<File>): void {
  for (const file of files) enqueue(file, null);
  startNext();
}

/** Goes on with an upload that was interrupted; the file has to be the same one. */
export function goOnWith(upload: Upload, file: File): void {
  const difference = differenceFrom(upload, file);
  if (difference !== null) {
    showToast(difference);
    return;
  }
  enqueue(file, upload.url);
  startNext();
}

function enqueue(file: File, from: string | null): void {
  count += 1;
  const key = `sending-${count}`;
  jobs.set(key, { file, from, tus: null, rate: noRate });
  setSendings(sendings.length, {
    key,
    name: file.name,
    sizeBytes: file.size,
    sentBytes: 0,
    state: 'waiting',
    url: from,
    bytesPerSecond: null,
    reason: null,
  });
}

function change(key: string, some: Partial<Sending>): void {
  setSendings((sending) => sending.key === key, some);
}

function startNext(): void {
  const running = sendings.filter(({ state }) => state === 'sending').length;
  const next = sendings.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, atOnce - running));
  for (const { key } of next) {
    change(key, { state: 'sending', reason: null });
    void start(key);
  }
}

async function start(key: string): Promise<void> {
  const job = jobs.get(key);
  if (job === undefined) return;
  try {
    job.tus ??= await prepare(key, job);
    job.tus.start();
  } catch (error) {
    change(key, { state: 'failed', reason: refusalOf(error) });
    startNext();
  }
}

async function prepare(key: string, job: Job): Promise<TusUpload> {
  const { Upload: Tus } = await import('tus-js-client');
  const tus = new Tus(job.file, {
    endpoint: uploadsPath,
    uploadUrl: job.from,
    metadata: { filename: job.file.name },
    retryDelays,
    removeFingerprintOnSuccess: true,
    onShouldRetry: (error) => !isLasting(error),
    onUploadUrlAvailable: () => change(key, { url: tus.url }),
    onProgress: (sent) => {
      job.rate = withMark(job.rate, sent, Date.now());
      // After an interruption the count begins where the agent is, which may be a little before.
      const before = sendings.find((sending) => sending.key === key)?.sentBytes ?? 0;
      change(key, { sentBytes: Math.max(before, sent), bytesPerSecond: rateOf(job.rate) });
    },
    onSuccess: () => {
      change(key, { sentBytes: job.file.size, bytesPerSecond: null });
      jobs.delete(key);
      finish(key);
    },
    onError: (error) => {
      job.rate = noRate;
      // Without a connection it stays what it is, and goes on when the Mac is back.
      if (isConnected()) change(key, { state: 'failed', reason: refusalOf(error), bytesPerSecond: null });
      else change(key, { bytesPerSecond: null });
      startNext();
    },
  });
  if (job.from === null) {
    // The same file, chosen again after a reload, goes on where it was.
    const previous = (await tus.findPreviousUploads()).at(-1);
    const place = previous?.uploadUrl ?? null;
    const isThere = agentState.uploads.some(
      ({ url, state }) => samePlace(place, url) && (state === 'interrupted' || state === 'receiving'),
    );
    if (previous !== undefined && isThere) tus.resumeFromPreviousUpload(previous);
  }
  return tus;
}

/** All was sent: from here on the agent tells how it goes. */
function finish(key: string): void {
  const url = sendings.find((sending) => sending.key === key)?.url ?? null;
  const isListed = agentState.uploads.some((upload) => samePlace(url, upload.url));
  if (isListed) setSendings((list) => list.filter((one) => one.key !== key));
  else change(key, { state: 'sent' });
  startNext();
}

function restart(key: string): void {
  const job = jobs.get(key);
  if (job?.tus == null) return;
  // What hangs is let go of first: the other end may have been gone without a word.
  void job.tus.abort().then(() => job.tus?.start());
}

export function pauseSending(key: string): void {
  void jobs.get(key)?.tus?.abort();
  change(key, { state: 'paused', bytesPerSecond: null });
  startNext();
}

export function resumeSending(key: string): void {
  const job = jobs.get(key);
  if (job === undefined) return;
  job.rate = noRate;
  change(key, { state: 'waiting', reason: null });
  startNext();
}

/** Stops an upload for good and has what arrived taken off the disk. */
export async function dropUpload({ key, upload, sending }: UploadRowView): Promise<void> {
  await jobs.get(key)?.tus?.abort();
  const there = upload ?? agentState.uploads.find(({ url }) => samePlace(sending?.url ?? null, url));
  if (there !== undefined) {
    const done = await attempt(`${there.name} was not dropped.`, () =>
      api.uploads.drop.mutate({ id: there.id }),
    );
    if (!done) return;
  }
  jobs.delete(key);
  setSendings((list) => list.filter((one) => one.key !== key));
  startNext();
}

/** The browser asks before a page is left that still sends something. */
addEventListener('beforeunload', (event) => {
  if (sendings.some(({ state }) => state === 'sending' || state === 'waiting')) event.preventDefault();
});
