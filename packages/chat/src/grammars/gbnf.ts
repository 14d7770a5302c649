/** A text as GBNF writes it. */
export function literal(text: string): string {
  return `"${text.replaceAll(/["\\\n\r\t]/gu, (character) => escapes[character] ?? character)}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Rules in the making. */
export class Gbnf {
  readonly #rules = new Map<string, string>();

  /** Answers the rule's name, for use in others. The first body of a name stays. */
  rule(name: string, body: string): string {
    if (!this.#rules.has(name)) this.#rules.set(name, body);
    return name;
  }

  /** Takes all rules of another grammar under names of their own; answers the name of its root. */
  embed(name: string, grammar: string): string {
    const lines = renamed(grammar, `${name}-`);
    if (!this.#rules.has(name)) this.#rules.set(name, `${name}-root\n${lines}`);
    return name;
  }

  /** Any text up to and with `end`. */
  until(end: string): string {
    const stem = `until-${this.#endNumber(end)}`;
    const characters = [...new Set(end)];
    for (let state = 0; state < end.length; state += 1) {
      const moves = characters.map((character) => {
        const next = nextState(end, state, character);
        return next === end.length ? literal(character) : `${literal(character)} ${stem}-${next}`;
      });
      const other = `[^${characters.map(inClass).join('')}] ${stem}-0`;
      this.rule(`${stem}-${state}`, [...moves, other].join(' | '));
    }
    return `${stem}-0`;
  }

  readonly #ends: string[] = [];

  #endNumber(end: string): number {
    const known = this.#ends.indexOf(end);
    return known >= 0 ? known : this.#ends.push(end) - 1;
  }

  /** The grammar whose root is `root`. */
  print(root: string): string {
    const lines = [...this.#rules].map(([name, body]) => `${name} ::= ${body}`);
    return [`root ::= ${root}`, ...lines].join('\n');
  }
}

/** How much of `end` has been read after `character` in the state in which `state` characters of it had been. */
function nextState(end: string, state: number, character: string): number {
  const read = end.slice(0, state) + character;
  for (let length = Math.min(read.length, end.length); length > 0; length -= 1) {
    if (read.endsWith(end.slice(0, length))) return length;
  }
  return 0;
}

function inClass(character: string): string {
  return /[\]\\^-]/u.test(character) ? `\\${character}` : (escapes[character] ?? character);
}

/** What is no name in GBNF: texts, classes, comments, counts. */
const token = /"(?:[^"\\]|\\[^])*"|\[(?:[^\]\\]|\\[^])*\]|#[^\n]*|\{[^}]*\}|[A-Za-z][\w-]*/gu;

function renamed(grammar: string, prefix: string): string {
  return grammar.replaceAll(token, (found) => (/^[A-Za-z]/u.test(found) ? `${prefix}${found}` : found));
}
