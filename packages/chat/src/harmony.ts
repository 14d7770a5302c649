import type { AnswerPhase } from './answer-parser.ts';
import { NotThis, readJson } from './json-reader.ts';
import type { Emit, KnownTools } from './pieces.ts';
import type { Reading, TextSource } from './text-source.ts';

const start = '<|start|>';
const message = '<|message|>';
/** Behind a message; the model's own end is never seen as text. */
const ends = ['<|end|>', '<|call|>', '<|return|>', start] as const;

/** Reads messages on channels: thinking on `analysis`, calls by their recipient, and what is for the user. */
export function* readHarmony(
  source: TextSource,
  tools: KnownTools,
  emit: Emit,
  onPhase: (phase: AnswerPhase) => void,
): Reading {
  if (!(yield* source.decide(beginsWithHeader))) {
    onPhase('text');
    yield* source.until([], (text) => emit({ kind: 'text', text }));
    return;
  }
  while ((yield* source.peek()) !== null) {
    const { text: header, mark } = yield* source.textUntil([message]);
    if (mark === null) return;
    yield* readMessage(source, header, tools, emit, onPhase);
    onPhase('start');
    yield* source.accept(start);
  }
}

function beginsWithHeader(rest: string): 'yes' | 'no' | 'maybe' {
  const openings = ['<|channel|>', start, 'to=', message];
  const text = rest.trimStart();
  if (openings.some((opening) => text.startsWith(opening))) return 'yes';
  return openings.some((opening) => opening.startsWith(text)) ? 'maybe' : 'no';
}

function* readMessage(
  source: TextSource,
  header: string,
  tools: KnownTools,
  emit: Emit,
  onPhase: (phase: AnswerPhase) => void,
): Reading {
  const channel = /<\|channel\|>\s*(\w+)/u.exec(header)?.[1] ?? 'final';
  const recipient = /\bto=(?:functions\.)?([\w.-]+)/u.exec(header)?.[1];
  if (recipient !== undefined && tools.has(recipient)) {
    onPhase('calls');
    yield* readCall(source, recipient, emit);
    return;
  }
  const thinking = channel === 'analysis' || recipient !== undefined;
  onPhase(thinking ? 'reasoning' : 'text');
  const kind = thinking ? 'reasoning' : 'text';
  yield* source.until(ends, (text) => emit({ kind, text }));
}

function* readCall(source: TextSource, name: string, emit: Emit): Reading {
  emit({ kind: 'calls', mark: null, tool: name, after: source.rest });
  emit({ kind: 'call', name });
  try {
    yield* readJson(source, (text) => emit({ kind: 'arguments', text }));
    emit({ kind: 'call-end' });
  } catch (error) {
    if (!(error instanceof NotThis)) throw error;
  }
  yield* source.until(ends, () => {});
}
