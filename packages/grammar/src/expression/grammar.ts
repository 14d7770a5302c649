import { never, type Expression, type Rule } from './expression.ts';
import { print } from './print.ts';
import { prune } from './prune.ts';

/** How large a grammar may become: beyond this it would slow every token down. */
const mostRules = 20_000;

/** Thrown where a grammar grows without reason to end; whoever builds it says what of. */
export class GrammarTooLarge extends Error {
  override readonly name = 'GrammarTooLarge';
}

/** A set of named rules in the making. What has the same key shares one rule, so that recursion ends. */
export class Grammar {
  readonly #rules = new Map<string, Expression>();
  readonly #names = new Map<string, string>();

  /** The rule of this key; `define` is called when it is asked for first. */
  rule(key: string, stem: string, define: () => Expression): Rule {
    const known = this.#names.get(key);
    if (known !== undefined) return { kind: 'rule', name: known };
    const name = this.#newName(stem);
    this.#names.set(key, name);
    this.#rules.set(name, never);
    this.#rules.set(name, define());
    return { kind: 'rule', name };
  }

  /** GBNF whose root is `root`; null where no text at all could match it. */
  print(root: Expression): string | null {
    const rules = prune(new Map([['root', root], ...this.#rules]));
    return rules === null ? null : print(rules);
  }

  get rules(): ReadonlyMap<string, Expression> {
    return this.#rules;
  }

  /** llama.cpp takes letters, digits and hyphens for a name. */
  #newName(stem: string): string {
    if (this.#rules.size >= mostRules) throw new GrammarTooLarge();
    return `${stem}-${this.#rules.size}`;
  }
}
