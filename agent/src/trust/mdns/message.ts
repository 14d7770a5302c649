/** Just enough of DNS messages (RFC 1035) to ask for the addresses of one name and to read the answer. */

const types = { A: 1, AAAA: 28, ANY: 255 } as const;
const internet = 1;
const headerBytes = 12;
const responseFlag = 0x80;

export interface AddressAnswer {
  readonly id: number;
  readonly name: string;
  readonly address: string;
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => {
    const bytes = Buffer.from(label, 'utf8');
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  });
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** A question for every address of a name. */
export function encodeQuestion(id: number, name: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(1, 4);
  const tail = Buffer.alloc(4);
  tail.writeUInt16BE(types.ANY, 0);
  tail.writeUInt16BE(internet, 2);
  return Buffer.concat([header, encodeName(name), tail]);
}

interface ReadName {
  readonly name: string;
  readonly end: number;
}

/** A name at a place, following its pointers; each may only lead back, so that none lead round and round. */
function readName(message: Buffer, start: number): ReadName {
  const labels: string[] = [];
  let at = start;
  let end: number | null = null;
  for (;;) {
    const length = message.readUInt8(at);
    if (length === 0) return { name: labels.join('.'), end: end ?? at + 1 };
    if (length >= 0xc0) {
      const target = message.readUInt16BE(at) & 0x3fff;
      if (target >= at) throw new RangeError('A name points forward.');
      end ??= at + 2;
      at = target;
    } else {
      labels.push(message.toString('utf8', at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
}

function addressOf(type: number, data: Buffer): string | null {
  if (type === types.A && data.length === 4) return data.join('.');
  if (type !== types.AAAA || data.length !== 16) return null;
  return Array.from({ length: 8 }, (_, index) => data.readUInt16BE(index * 2).toString(16)).join(':');
}

/** The addresses that an answer tells; none for what is no answer or cannot be read. */
export function readAddresses(message: Buffer): AddressAnswer[] {
  try {
    if ((message.readUInt8(2) & responseFlag) === 0) return [];
    const id = message.readUInt16BE(0);
    const counts = [4, 6, 8, 10].map((at) => message.readUInt16BE(at));
    let at = headerBytes;
    for (let index = 0; index < (counts[0] ?? 0); index += 1) at = readName(message, at).end + 4;
    const records = counts.slice(1).reduce((sum, count) => sum + count, 0);
    const answers: AddressAnswer[] = [];
    for (let index = 0; index < records; index += 1) {
      const { name, end } = readName(message, at);
      const length = message.readUInt16BE(end + 8);
      const data = message.subarray(end + 10, end + 10 + length);
      if (data.length < length) throw new RangeError('The message ends within a record.');
      const address = addressOf(message.readUInt16BE(end), data);
      if (address !== null) answers.push({ id, name: name.toLowerCase(), address });
      at = end + 10 + length;
    }
    return answers;
  } catch {
    return [];
  }
}
