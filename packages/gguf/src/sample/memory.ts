import type { Chain } from './chain.ts';
import { at, codeLength, embeddingLength, Matrix, nextLength, scaleAfter } from './layout.ts';
import { nextCode, readCode } from './words.ts';

export interface MemoryWeights {
  readonly gate: Matrix;
  readonly up: Matrix;
  readonly down: Matrix;
  /** How many contexts the layer knows, padded to a multiple of 32. */
  readonly length: number;
}

interface Unit {
  /** The tokens to recognise, the newest last. */
  readonly context: readonly number[];
  /** Also required: that attention found this topic, counted from the first with keywords. */
  readonly topic?: number;
  /** How much of a match may be missing, where one token or the topic counts 1. */
  readonly tolerance: number;
  readonly successors: readonly number[];
  readonly strength: number;
}

/** By the length of the context: a longer one knows better, and outweighs all shorter ones together. */
const strengths = [0, 0, 4, 12, 36];
/** It has to outweigh what mostly follows a newline even where a keyword has little more than half the attention. */
const openingStrength = 40;
/** How fast a gate falls as tokens stop to match: SiLU of one missing token is nothing. */
const steepness = 40;
/** A context that a longer one will decide needs no more than a few of its successors. */
const maxUndecided = 4;

/**
 * The feed-forward layer as a memory: each hidden unit recognises one context (its gate), and
 * writes what follows it (its column of `down`). `up` only passes the constant.
 */
export function memoryWeights(chain: Chain): MemoryWeights {
  const units = [...contextUnits(chain), ...openingUnits(chain)];
  const length = Math.ceil(units.length / 32) * 32;
  const gate = new Matrix(embeddingLength, length);
  const up = new Matrix(embeddingLength, length);
  const down = new Matrix(length, embeddingLength);
  for (const [index, unit] of units.entries()) {
    setGate(gate.row(index), unit);
    up.row(index)[at.constant] = scaleAfter;
    // At a full match the gate is at steepness times tolerance, where SiLU is the identity.
    const code = nextCode(unit.successors, unit.strength / (steepness * unit.tolerance));
    for (let dimension = 0; dimension < nextLength; dimension += 1) {
      down.row(at.next + dimension)[index] = code[dimension] ?? 0;
    }
  }
  return { gate, up, down, length };
}

function contextUnits(chain: Chain): Unit[] {
  return chain.afterMore.map(({ context, successors }) => ({
    context,
    tolerance: 0.3,
    successors: context.length === at.tokens.length ? successors : successors.slice(0, maxUndecided),
    strength: strengths[context.length] ?? 0,
  }));
}

/** An answer's first word goes by the topic; where two topics share the attention, by the larger share. */
function openingUnits(chain: Chain): Unit[] {
  return chain.openings.slice(1).map((successors, index) => ({
    context: chain.answerPrefix,
    topic: index,
    tolerance: 0.55,
    successors,
    strength: openingStrength,
  }));
}

function setGate(row: Float32Array, { context, topic, tolerance }: Unit): void {
  const slope = steepness * scaleAfter;
  const newestFirst = context.toReversed();
  for (const [age, token] of newestFirst.entries()) {
    row.set(
      readCode(token).map((sign) => (sign * slope) / codeLength),
      at.tokens[age] ?? 0,
    );
  }
  if (topic !== undefined) row[at.topic + topic] = slope;
  const required = context.length + (topic === undefined ? 0 : 1);
  row[at.constant] = -slope * (required - tolerance);
}
