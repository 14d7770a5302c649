/**
 * A fixed row of `length` signs for a number: nearly orthogonal to every other number's. SplitMix64,
 * because it is exact integer arithmetic and so the same on every machine.
 */
export function signs(number: number, length: number): Float32Array {
  const code = new Float32Array(length);
  let state = BigInt(number + 1) << 32n;
  let bits = 0n;
  for (let index = 0; index < length; index += 1) {
    if (index % 64 === 0) {
      state = BigInt.asUintN(64, state + 0x9e37_79b9_7f4a_7c15n);
      bits = mix(state);
    }
    code[index] = (bits >> BigInt(index % 64)) & 1n ? 1 : -1;
  }
  return code;
}

/**
 * A sum of the given codes in which each is found with exactly its wanted strength (the scalar
 * product with it, divided by the length), although the codes overlap a little.
 */
export function blend(codes: readonly Float32Array[], strengths: readonly number[]): Float32Array {
  const [first] = codes;
  const length = first?.length ?? 0;
  const overlaps = codes.map((a) => codes.map((b) => dot(a, b) / length));
  const weights = solve(overlaps, strengths);
  return Float32Array.from({ length }, (_, index) =>
    codes.reduce((sum, code, which) => sum + (weights[which] ?? 0) * (code[index] ?? 0), 0),
  );
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

function mix(state: bigint): bigint {
  let z = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn);
  return z ^ (z >> 31n);
}

/** Gauss elimination for a small symmetric positive definite matrix, which needs no pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (const [pivot, pivotRow] of rows.entries()) {
    for (const row of rows.slice(pivot + 1))
      subtract(row, pivotRow, (row[pivot] ?? 0) / (pivotRow[pivot] ?? 1));
  }
  const solution = Array.from({ length: size }, () => 0);
  for (const [index, row] of [...rows.entries()].toReversed()) {
    const known = solution.reduce((sum, value, column) => sum + value * (row[column] ?? 0), 0);
    solution[index] = ((row[size] ?? 0) - known) / (row[index] ?? 1);
  }
  return solution;
}

function subtract(row: number[], other: readonly number[], factor: number): void {
  for (const [column, value] of other.entries()) row[column] = (row[column] ?? 0) - factor * value;
}
