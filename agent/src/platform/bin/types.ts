/** Something that lies in the bin, and where it was. */
export interface Binned {
  readonly from: string;
  readonly to: string;
  /** Beside it, where the bin keeps what it knows of it; null where it keeps nothing. */
  readonly info: string | null;
}

/** The bin of this system, from which people can bring things back themselves too. */
export interface Bin {
  /** Whether a file of this path can go there: each disk has its own. */
  reaches(path: string): Promise<boolean>;
  /** Moves a file, a link or a folder there. What a link leads to stays where it is. */
  put(path: string): Promise<Binned>;
  /** Brings it back. Throws EEXIST where something else is in its place by now, ENOENT where the bin was emptied. */
  restore(item: Binned): Promise<void>;
}
