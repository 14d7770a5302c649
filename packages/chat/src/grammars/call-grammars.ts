import type { JsonSchema } from '@impetus/contracts';
import type { JsonSyntax, NamedSyntax, TaggedSyntax, ToolSyntax } from '../format.ts';
import { isText } from '../parameter-text.ts';
import type { KnownTool } from '../pieces.ts';
import { pairTags } from '../syntaxes/pair-calls.ts';
import { Gbnf, literal } from './gbnf.ts';

export interface CallGrammarOptions {
  readonly syntax: ToolSyntax;
  /** Those that may be called; never none. */
  readonly tools: readonly KnownTool[];
  /** More than one call. */
  readonly several: boolean;
  /** GBNF of the JSON texts that satisfy a schema. */
  readonly schemaGrammar: (schema: JsonSchema) => string;
}

/** Where calls begin, as the parser tells it. */
export interface CallBeginning {
  readonly mark: string | null;
  readonly tool: string | null;
}

/** GBNF of what follows where calls have begun. */
export function grammarBehind(options: CallGrammarOptions, { mark, tool }: CallBeginning): string {
  const writer = new CallWriter(options);
  return writer.print(writer.behind(mark, tool));
}

/** GBNF of an answer that is nothing but calls, their marks included. */
export function callsGrammar(options: CallGrammarOptions): string {
  const writer = new CallWriter(options);
  return writer.print(writer.whole());
}

class CallWriter {
  readonly #gbnf = new Gbnf();
  readonly #options: CallGrammarOptions;

  constructor(options: CallGrammarOptions) {
    this.#options = options;
    this.#gbnf.rule('ws', '[ \\t\\n]{0,8}');
    this.#gbnf.rule('sp', '" "?');
  }

  print(root: string): string {
    return this.#gbnf.print(root);
  }

  whole(): string {
    const { syntax } = this.#options;
    if (syntax.kind === 'harmony') return this.#harmonyCalls();
    const mark = syntax.kind === 'named' ? (syntax.section?.open ?? syntax.begin) : syntax.begin;
    return mark === null ? this.behind(null, null) : `${literal(mark)} ${this.behind(mark, null)}`;
  }

  behind(mark: string | null, tool: string | null): string {
    const { syntax } = this.#options;
    switch (syntax.kind) {
      case 'json':
        return this.#jsonCalls(syntax);
      case 'named':
        return this.#namedCalls(syntax, mark);
      case 'tagged':
        return this.#taggedCalls(syntax);
      case 'pairs':
        return this.#again(
          `ws ${this.#oneOf((one, index) => this.#pairs(one, index, syntax.end))}`,
          syntax.begin,
        );
      case 'python':
        return `ws "[" ${this.#list(this.#oneOf((one) => this.#python(one)))} "]" ${end(syntax.end)}`;
      case 'gemma':
        return this.#again(
          `"call:" ${this.#oneOf((one) => this.#gemma(one, syntax.quote))} ${literal(syntax.end)}`,
          syntax.begin,
        );
      case 'harmony':
        return this.#arguments(this.#indexOf(tool));
    }
  }

  #indexOf(name: string | null): number {
    return Math.max(
      0,
      this.#options.tools.findIndex((tool) => tool.name === name),
    );
  }

  /** One of the tools, each in its own words. */
  #oneOf(write: (tool: KnownTool, index: number) => string): string {
    const { tools } = this.#options;
    return `( ${tools.map((tool, index) => this.#gbnf.rule(`call-${index}`, write(tool, index))).join(' | ')} )`;
  }

  /** A call, and others behind it that have the same mark in front. */
  #again(call: string, mark: string): string {
    const name = this.#gbnf.rule('marked', call);
    return this.#options.several ? `${name} ( ws ${literal(mark)} ${name} )*` : name;
  }

  #list(call: string): string {
    const name = this.#gbnf.rule('item', call);
    return this.#options.several ? `${name} ( ws "," ws ${name} )*` : name;
  }

  #arguments(index: number): string {
    const schema = this.#options.tools[index]?.parameters;
    const object = typeof schema === 'object' ? { type: 'object', ...schema } : { type: 'object' };
    return this.#schema(`arguments-${index}`, object);
  }

  #schema(name: string, schema: JsonSchema): string {
    return this.#gbnf.embed(name, this.#options.schemaGrammar(schema));
  }

  #jsonCalls(syntax: JsonSyntax): string {
    const call = this.#oneOf((tool, index) => this.#jsonCall(syntax, tool, index));
    switch (syntax.form) {
      case 'each': {
        const one = `ws ${call} ws ${literal(syntax.end ?? '')}`;
        return this.#again(one, syntax.begin ?? '');
      }
      case 'list':
        return `ws "[" ws ${this.#list(call)} ws "]" ${end(syntax.end)}`;
      case 'lines': {
        const name = this.#gbnf.rule('item', call);
        const more = this.#options.several ? `( ws ";"? ws ${name} )*` : '';
        const tag = syntax.begin === null ? '"<|python_tag|>"?' : '';
        return `ws ${tag} ws ${name} ${more} ${end(syntax.end)}`;
      }
    }
  }

  #jsonCall(syntax: JsonSyntax, { name }: KnownTool, index: number): string {
    const field = (key: string, value: string) => `${literal(JSON.stringify(key))} sp ":" sp ${value}`;
    const before =
      syntax.nameKey === 'tool_name'
        ? `( ${field('tool_call_id', '"\\"" [0-9]{1,4} "\\""')} sp "," ws )?`
        : syntax.begin === null
          ? `( ${field('type', literal('"function"'))} sp "," ws )?`
          : '';
    const behind =
      syntax.form === 'list' && syntax.nameKey === 'name'
        ? `( sp "," ws ${field('id', '"\\"" [a-zA-Z0-9]{1,32} "\\""')} )?`
        : '';
    const own = field(syntax.nameKey, literal(JSON.stringify(name)));
    const given = field(syntax.argumentsKey, this.#arguments(index));
    return `"{" ws ${before} ${own} sp "," ws ${given} ws ${behind} ws "}"`;
  }

  #namedCalls(syntax: NamedSyntax, mark: string | null): string {
    const call = this.#oneOf((tool, index) => {
      const counter = syntax.numbered ? '":" [0-9]{1,4}' : callId(syntax);
      const head = `${literal(syntax.prefix + tool.name)} ${counter} ${literal(syntax.separator)}`;
      return `${head} ws ${this.#arguments(index)} ${syntax.end === '' ? '' : literal(syntax.end)}`;
    });
    if (syntax.section === null || mark === syntax.begin) return this.#again(call, syntax.begin);
    const name = this.#gbnf.rule('marked', `${literal(syntax.begin)} ${call}`);
    const more = this.#options.several ? `( ws ${name} )*` : '';
    return `ws ${name} ${more} ws ${literal(syntax.section.close)}`;
  }

  #taggedCalls(syntax: TaggedSyntax): string {
    const call = this.#oneOf((tool, index) => {
      const head = literal(`${syntax.call[0]}${tool.name}${syntax.call[1]}`);
      return `${head} ws ${this.#tagged(syntax, tool, index)} ${literal(syntax.callEnd)}`;
    });
    if (syntax.each) return this.#again(`ws ${call} ws ${literal(syntax.end)}`, syntax.begin);
    const name = this.#gbnf.rule('item', call);
    const more = this.#options.several ? `( ws ${name} )*` : '';
    return `ws ${name} ${more} ws ${literal(syntax.end)}`;
  }

  #tagged(syntax: TaggedSyntax, tool: KnownTool, index: number): string {
    // The other form of these tags tells by itself whether a value is a text.
    const typed = syntax.parameter[0].endsWith('name="') && syntax.parameter[1] === '>';
    const open = (key: string, text: boolean) =>
      literal(
        `${syntax.parameter[0]}${key}${typed ? `" string="${String(text)}"` : ''}${syntax.parameter[1]}`,
      );
    const line = syntax.lines ? '"\\n"?' : '';
    return this.#parameters(tool, index, (key, schema, name) => {
      const text = isText(schema) === true;
      const value = this.#plainValue(schema, name, syntax.parameterEnd, line);
      return `${open(key, text)} ${line} ${value} ws`;
    });
  }

  #pairs(tool: KnownTool, index: number, callEnd: string): string {
    const { key: around, value: valueTags } = pairTags;
    const pairs = this.#parameters(tool, index, (key, schema, name) => {
      const head = `${literal(`${around[0]}${key}${around[1]}`)} ws ${literal(valueTags[0])}`;
      return `${head} ${this.#plainValue(schema, name, valueTags[1], '')} ws`;
    });
    return `${literal(tool.name)} ws ${pairs} ${literal(callEnd)}`;
  }

  /** Parameters in the order of the schema, those that are required always. */
  #parameters(
    { parameters }: KnownTool,
    index: number,
    write: (key: string, schema: JsonSchema, name: string) => string,
  ): string {
    const { properties, required } = objectSchema(parameters);
    return Object.entries(properties)
      .map(([key, schema], number) => {
        const name = `parameter-${index}-${number}`;
        const rule = this.#gbnf.rule(name, write(key, schema, `value-${index}-${number}`));
        return required.includes(key) ? rule : `${rule}?`;
      })
      .join(' ');
  }

  /** A value without quotes, up to and with what ends it. */
  #plainValue(schema: JsonSchema, name: string, ending: string, line: string): string {
    if (isText(schema) !== true) return `${this.#schema(name, schema)} ${line} ${literal(ending)}`;
    const values = typeof schema === 'object' ? schema['enum'] : undefined;
    if (!Array.isArray(values)) return this.#gbnf.until(ending);
    return `( ${values.map((value) => literal(String(value))).join(' | ')} ) ${line} ${literal(ending)}`;
  }

  #python({ name, parameters }: KnownTool): string {
    const keys = Object.keys(objectSchema(parameters).properties).filter((key) => /^\w+$/u.test(key));
    if (keys.length === 0) return `${literal(`${name}(`)} ws ")"`;
    const value = this.#pythonValue();
    const given = `( ${keys.map((key) => literal(key)).join(' | ')} ) "=" ${value}`;
    return `${literal(`${name}(`)} ( ${given} ( "," sp ${given} )* )? ")"`;
  }

  #pythonValue(): string {
    const { rule } = { rule: (name: string, body: string) => this.#gbnf.rule(name, body) };
    rule('py-text', `"\\"" ( [^"\\\\\\x00-\\x1f] | "\\\\" ["\\\\/bfnrt'] )* "\\""`);
    rule('py-single', `"'" ( [^'\\\\\\x00-\\x1f] | "\\\\" ["\\\\/bfnrt'] )* "'"`);
    rule('py-number', '"-"? [0-9]{1,16} ( "." [0-9]{1,16} )?');
    rule('py-list', '"[" ( python ( "," sp python )* )? "]"');
    rule('py-pair', '( py-text | py-single ) sp ":" sp python');
    rule('py-object', '"{" ( py-pair ( "," sp py-pair )* )? "}"');
    return rule(
      'python',
      'py-text | py-single | py-number | py-list | py-object | "True" | "False" | "None"',
    );
  }

  #gemma({ name, parameters }: KnownTool, quote: string): string {
    const keys = Object.keys(objectSchema(parameters).properties);
    if (keys.length === 0) return literal(`${name}{}`);
    this.#gbnf.rule('g-text', `${literal(quote)} ${this.#gbnf.until(quote)}`);
    this.#gbnf.rule('g-number', '"-"? [0-9]{1,16} ( "." [0-9]{1,16} )?');
    this.#gbnf.rule('g-list', '"[" ( gemma ( "," sp gemma )* )? "]"');
    this.#gbnf.rule('g-pair', '[a-zA-Z_] [a-zA-Z0-9_]{0,63} ":" gemma');
    this.#gbnf.rule('g-object', '"{" ( g-pair ( "," sp g-pair )* )? "}"');
    this.#gbnf.rule('gemma', 'g-text | g-number | g-list | g-object | "true" | "false" | "null"');
    const given = `( ${keys.map((key) => literal(key)).join(' | ')} ) ":" gemma`;
    return `${literal(`${name}{`)} ( ${given} ( "," sp ${given} )* )? "}"`;
  }

  #harmonyCalls(): string {
    return this.#oneOf((tool, index) => {
      const first = literal(`<|channel|>commentary to=functions.${tool.name}`);
      const other = literal(` to=functions.${tool.name}<|channel|>commentary`);
      return `( ${first} | ${other} ) ( " <|constrain|>json" | " json" )? "<|message|>" ${this.#arguments(index)}`;
    });
  }
}

/** Some of Mistral's models put an id between the name and the arguments. */
function callId({ separator }: NamedSyntax): string {
  return separator === '[ARGS]' ? '( "[CALL_ID]" [a-zA-Z0-9]{1,32} )?' : '';
}

function end(mark: string | null): string {
  return mark === null ? '' : `ws ${literal(mark)}`;
}

function objectSchema(schema: JsonSchema | undefined): {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly unknown[];
} {
  if (typeof schema !== 'object') return { properties: {}, required: [] };
  const { properties, required } = schema;
  return {
    properties:
      typeof properties === 'object' && properties !== null ? (properties as Record<string, JsonSchema>) : {},
    required: Array.isArray(required) ? required : [],
  };
}
