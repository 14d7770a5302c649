import { unlink } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import { lookInto } from '../models/files/look.ts';
import { stampOf } from '../models/files/stamp.ts';
import type { ModelCatalogue } from '../models/types.ts';
import { placeFile } from '../platform/place-file.ts';

export interface FinishOptions {
  readonly modelsFolder: string;
  readonly catalogue: Pick<ModelCatalogue, 'list' | 'learnHash' | 'rescan'>;
}

export interface Arrived {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly expectedSha256: string | null;
}

export interface Finished {
  readonly modelId: string | null;
  /** The same file was in the library already, so it is kept once. */
  readonly wasHere: boolean;
}

/**
 * Makes a model of a file that is whole: checked once more from the disk, put into the models folder in one step,
 * never over another file. Throws what is wrong with it.
 */
export async function finishUpload(arrived: Arrived, options: FinishOptions): Promise<Finished> {
  const { path, sha256, expectedSha256 } = arrived;
  if (expectedSha256 !== null && expectedSha256 !== sha256) {
    throw new ImpetusError(
      'invalid_request',
      `${arrived.name} did not arrive as it was sent: its SHA-256 is ${sha256}, and ${expectedSha256} was announced. Send it again.`,
    );
  }
  await expectModel(path, arrived.name);
  const { catalogue, modelsFolder } = options;
  const twin = await findTwin(catalogue.list(), sha256);
  if (twin !== null) {
    await unlink(path);
    return { modelId: twin.id, wasHere: true };
  }
  const place = await placeUnder(path, modelsFolder, arrived.name);
  await catalogue.learnHash(place, sha256);
  await catalogue.rescan();
  const model = catalogue.list().find(({ files }) => files.some((file) => file.path === place));
  return { modelId: model?.id ?? null, wasHere: false };
}

/** What arrived is given up for a twin alone that is really there: the list may be older than the disk, or name a link. */
async function findTwin(models: readonly ModelEntry[], sha256: string): Promise<ModelEntry | null> {
  for (const model of models) {
    if (model.sha256 !== sha256 || !model.removable) continue;
    const stamp = await stampOf(model.path);
    if (stamp?.sizeBytes === model.sizeBytes && !stamp.isLink) return model;
  }
  return null;
}

async function expectModel(path: string, name: string): Promise<void> {
  const stamp = await stampOf(path);
  const { format, fault } = stamp === null ? { format: null, fault: null } : (await lookInto(stamp)).look;
  if (format === null) {
    throw new ImpetusError(
      'unsupported_media_type',
      `${name} is not a model of a format that is known here.`,
    );
  }
  if (fault !== null) throw new ImpetusError('invalid_request', `${name} cannot be used. ${fault}`);
}

/** Under its name, or where another file has that by now, under the next free one: nothing that arrived is lost. */
async function placeUnder(path: string, folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number += 1) {
    const place = join(folder, number === 1 ? name : `${stem}-${number}${ext}`);
    try {
      await placeFile(path, place);
      return place;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
