import { readFile, writeFile } from 'node:fs/promises';
import { bytesSource, readGgufHeader } from '@impetus/gguf';

/** A model's bytes, to be made wrong in one place. Sizes stay, so that the rest of the file stays right. */
export class AlteredModel {
  readonly #bytes: Buffer;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  static async from(path: string): Promise<AlteredModel> {
    return new AlteredModel(await readFile(path));
  }

  /** Overwrites a 32-bit number of the metadata. */
  setNumber(key: string, value: number): this {
    this.#bytes.writeUInt32LE(value, this.#valueOf(key));
    return this;
  }

  /** Overwrites the beginning of a text of the metadata. */
  setText(key: string, beginning: string): this {
    const lengthBytes = 8;
    this.#bytes.write(beginning, this.#valueOf(key) + lengthBytes);
    return this;
  }

  /** Makes one array of 32-bit numbers say `to` wherever it says `from`. */
  replaceInArray(key: string, from: number, to: number): this {
    const headerBytes = 4 + 8;
    const at = this.#valueOf(key);
    const count = Number(this.#bytes.readBigUInt64LE(at + 4));
    for (let index = 0; index < count; index += 1) {
      const place = at + headerBytes + index * 4;
      if (this.#bytes.readUInt32LE(place) === from) this.#bytes.writeUInt32LE(to, place);
    }
    return this;
  }

  /** Fills a tensor of 32-bit floats. */
  async fillTensor(name: string, value: number): Promise<this> {
    const { tensors, dataOffset } = await readGgufHeader(bytesSource(this.#bytes));
    const tensor = tensors.find((candidate) => candidate.name === name);
    if (tensor === undefined) throw new Error(`There is no tensor ${name}.`);
    for (let index = 0; index < tensor.byteSize; index += 4) {
      this.#bytes.writeFloatLE(value, dataOffset + tensor.offset + index);
    }
    return this;
  }

  async write(path: string): Promise<void> {
    await writeFile(path, this.#bytes);
  }

  /** Where a value begins: behind its key and the number of its type. */
  #valueOf(key: string): number {
    const at = this.#bytes.indexOf(key);
    if (at < 0) throw new Error(`There is no ${key}.`);
    return at + key.length + 4;
  }
}
