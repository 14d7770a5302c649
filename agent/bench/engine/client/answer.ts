/** How much work an answer was, by llama.cpp's names, which both servers use. */
export interface Timings {
  /** Tokens of the prompt that were evaluated; those from the cache are not among them. */
  readonly prompt_n: number;
  readonly cache_n: number;
  readonly predicted_n: number;
  readonly prompt_ms: number;
  readonly predicted_ms: number;
}

interface Chunk {
  readonly choices?: readonly {
    readonly text?: string | null;
    readonly delta?: { readonly content?: string | null };
  }[];
  readonly timings?: Timings;
  readonly error?: { readonly message: string };
}

/** Reads server-sent events as they come; `onPiece` is called for each that carries text. */
export function answerReader(onPiece: () => void) {
  let rest = '';
  let raw = '';
  let text = '';
  let timings: Timings | null = null;

  function hear(chunk: Chunk): void {
    timings = chunk.timings ?? timings;
    const [choice] = chunk.choices ?? [];
    const piece = choice?.text ?? choice?.delta?.content ?? '';
    if (piece === '') return;
    text += piece;
    onPiece();
  }

  return {
    push(part: string): void {
      raw = (raw + part).slice(-1_000);
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('data: {')) hear(JSON.parse(line.slice('data: '.length)) as Chunk);
      }
    },
    text: () => text,
    timings: () => timings,
    /** The end of what came, for an error's message. */
    raw: () => raw,
  };
}
