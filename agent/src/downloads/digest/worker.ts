import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import type { Segment } from '../transfer/journal-format.ts';
import type { DigestAnswer, DigestOrder } from './messages.ts';

/** One file that is read along with its download. */
interface Reading {
  readonly file: number;
  hash: Hash;
  /** What the journal names and has not been looked at yet. */
  unchecked: Segment[];
  readonly bad: Segment[];
  checked: boolean;
  /** How far the digest is. */
  position: number;
  frontier: number;
  size: number | null;
}

const buffer = Buffer.alloc(1024 * 1024);
const readings = new Map<number, Reading>();
const answer = (message: DigestAnswer) => parentPort?.postMessage(message);
let pumping = false;

parentPort?.on('message', (order: DigestOrder) => {
  try {
    follow(order);
  } catch (error) {
    answer({ type: 'failed', id: order.id, message: (error as Error).message });
  }
  pump();
});

function follow(order: DigestOrder): void {
  if (order.type === 'open') {
    readings.set(order.id, {
      file: openSync(order.path, 'r'),
      hash: createHash('sha256'),
      unchecked: order.segments.toSorted((a, b) => a.from - b.from),
      bad: [],
      checked: false,
      position: 0,
      frontier: 0,
      size: null,
    });
    return;
  }
  const reading = readings.get(order.id);
  if (reading === undefined) return;
  if (order.type === 'advance') reading.frontier = Math.max(reading.frontier, order.to);
  else if (order.type === 'finish') reading.size = order.size;
  else {
    closeSync(reading.file);
    readings.delete(order.id);
  }
}

/** A step of each file in turn, with a look at the orders between them. */
function pump(): void {
  if (pumping) return;
  pumping = true;
  setImmediate(() => {
    pumping = false;
    let worked = false;
    for (const [id, reading] of readings) {
      try {
        worked = step(id, reading) || worked;
      } catch (error) {
        closeSync(reading.file);
        readings.delete(id);
        answer({ type: 'failed', id, message: (error as Error).message });
      }
    }
    if (worked) pump();
  });
}

function step(id: number, reading: Reading): boolean {
  if (!reading.checked) {
    const segment = reading.unchecked.shift();
    if (segment !== undefined) {
      check(reading, segment);
      return true;
    }
    reading.checked = true;
    answer({ type: 'checked', id, bad: reading.bad });
    return true;
  }
  if (reading.position < reading.frontier) {
    const bytes = read(reading, reading.position, reading.frontier - reading.position);
    reading.hash.update(bytes);
    reading.position += bytes.length;
    return true;
  }
  if (reading.size === null || reading.position < reading.size) return false;
  reading.size = null;
  answer({ type: 'digest', id, sha256: reading.hash.copy().digest('hex') });
  return false;
}

/** Proves a segment, and takes it into the digest where it comes next. */
function check(reading: Reading, segment: Segment): void {
  const hash = reading.hash.copy();
  const isNext = segment.from === reading.position;
  let crc = 0;
  for (let at = segment.from; at < segment.to;) {
    const bytes = read(reading, at, segment.to - at);
    crc = crc32(bytes, crc);
    if (isNext) hash.update(bytes);
    at += bytes.length;
  }
  if (crc !== segment.crc) {
    reading.bad.push(segment);
    return;
  }
  if (!isNext) return;
  reading.hash = hash;
  reading.position = segment.to;
}

function read({ file }: Reading, position: number, length: number): Buffer {
  const count = readSync(file, buffer, 0, Math.min(length, buffer.length), position);
  if (count === 0) throw new Error(`The file ends at byte ${position}, before what was written to it.`);
  return buffer.subarray(0, count);
}
