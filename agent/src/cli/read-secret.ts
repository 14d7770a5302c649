import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';

const enter = new Set(['\r', '\n']);
const interrupt = '\u0003';
const endOfInput = '\u0004';
const backspaces = new Set(['\u007f', '\b']);

/** The first line of what is piped in. */
async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}

/** What is typed up to the return key, shown to nobody. */
function typed(input: ReadStream, output: WriteStream, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.write(question);
    input.setRawMode(true);
    input.setEncoding('utf8');
    const done = () => {
      input.setRawMode(false);
      input.pause();
      input.off('data', hear);
      output.write('\n');
    };
    const hear = (data: string) => {
      for (const character of data) {
        if (enter.has(character) || character === endOfInput) {
          done();
          resolve(text);
          return;
        }
        if (character === interrupt) {
          done();
          reject(new Error('Nothing was changed.'));
          return;
        }
        text = backspaces.has(character) ? text.slice(0, -1) : text + character;
      }
    };
    input.on('data', hear);
  });
}

/** Asks for a secret; where nobody sits at the terminal, the first line of the input is it. */
export function readSecret(input: ReadStream, output: WriteStream, question: string): Promise<string> {
  return input.isTTY ? typed(input, output, question) : firstLine(input);
}
