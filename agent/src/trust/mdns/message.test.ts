import { expect, it } from 'vitest';
import { encodeQuestion, readAddresses } from './message.ts';

const question = encodeQuestion(0x1234, 'impetus-ab12.local');

/** An answer that repeats the question and points back to its name, as responders write it. */
function answer(): Buffer {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8400, 2);
  header.writeUInt16BE(2, 6);
  const record = (type: number, data: readonly number[]) =>
    Buffer.from([0xc0, 12, 0, type, 0x80, 1, 0, 0, 0, 120, 0, data.length, ...data]);
  const ipv6 = [0xfd, ...Array<number>(14).fill(0), 2];
  return Buffer.concat([header, question.subarray(12), record(1, [192, 168, 1, 20]), record(28, ipv6)]);
}

it('reads the addresses of a name that points back', () => {
  expect(readAddresses(answer())).toEqual([
    { id: 0x1234, name: 'impetus-ab12.local', address: '192.168.1.20' },
    { id: 0x1234, name: 'impetus-ab12.local', address: 'fd00:0:0:0:0:0:0:2' },
  ]);
});

it('takes nothing from a question, a torn answer or noise', () => {
  const whole = answer();
  expect(readAddresses(question)).toEqual([]);
  for (let length = 0; length < whole.length; length += 1)
    expect(readAddresses(whole.subarray(0, length))).toEqual([]);
  expect(readAddresses(Buffer.alloc(600, 0xff))).toEqual([]);
});

it('is not led round by a name that points to itself', () => {
  const looping = answer();
  looping.writeUInt16BE(0xc000 | question.length, question.length);
  expect(readAddresses(looping)).toEqual([]);
});
