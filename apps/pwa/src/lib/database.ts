/**
 * What the page keeps in this browser. Where the browser refuses (private windows, blocked storage), it
 * keeps it in memory instead, so that everything works until the page is closed.
 */
const name = 'impetus';
const version = 1;

export type StoreName = 'values' | 'conversations' | 'summaries';

function openDatabase(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    let request: IDBOpenDBRequest;
    try {
      request = indexedDB.open(name, version);
    } catch {
      resolve(null);
      return;
    }
    request.addEventListener('upgradeneeded', () => {
      const database = request.result;
      for (const store of ['values', 'conversations', 'summaries']) database.createObjectStore(store);
    });
    request.addEventListener('success', () => {
      // Another tab with a newer page may change the layout: let it.
      request.result.addEventListener('versionchange', () => request.result.close());
      resolve(request.result);
    });
    request.addEventListener('error', () => resolve(null));
  });
}

let opening: Promise<IDBDatabase | null> | undefined;
const memory = new Map<string, unknown>();

function inMemory(store: StoreName, key: string): string {
  return `${store}/${key}`;
}

async function run<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  act: (objects: IDBObjectStore) => IDBRequest<T>,
): Promise<{ readonly value: T } | null> {
  opening ??= openDatabase();
  const database = await opening;
  if (database === null) return null;
  return new Promise((resolve) => {
    try {
      const request = act(database.transaction(store, mode).objectStore(store));
      request.addEventListener('success', () => resolve({ value: request.result }));
      request.addEventListener('error', () => resolve(null));
    } catch {
      resolve(null);
    }
  });
}

/** Whether what is written here outlives the page. */
export async function isKept(): Promise<boolean> {
  opening ??= openDatabase();
  return (await opening) !== null;
}

export async function read<T>(store: StoreName, key: string): Promise<T | undefined> {
  const found = await run<unknown>(store, 'readonly', (objects) => objects.get(key));
  return (found === null ? memory.get(inMemory(store, key)) : found.value) as T | undefined;
}

export async function readAll<T>(store: StoreName): Promise<T[]> {
  const found = await run<unknown[]>(store, 'readonly', (objects) => objects.getAll());
  if (found !== null) return found.value as T[];
  return [...memory].filter(([key]) => key.startsWith(`${store}/`)).map(([, value]) => value as T);
}

export async function write(store: StoreName, key: string, value: unknown): Promise<void> {
  const done = await run(store, 'readwrite', (objects) => objects.put(value, key));
  if (done === null) memory.set(inMemory(store, key), value);
}

export async function erase(store: StoreName, key: string): Promise<void> {
  await run(store, 'readwrite', (objects) => objects.delete(key));
  memory.delete(inMemory(store, key));
}

export async function eraseAll(store: StoreName): Promise<void> {
  await run(store, 'readwrite', (objects) => objects.clear());
  for (const key of memory.keys()) if (key.startsWith(`${store}/`)) memory.delete(key);
}
