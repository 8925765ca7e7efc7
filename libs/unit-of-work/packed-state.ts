// Decision state as a short text, for learners about whom nobody asks just now: a third of what it takes as objects (ADR 0008). Members
// stand by their places; words, and what else learners have in common, by their numbers in tables that all texts share.

/** Of plain data: what JSON tells of it is all of it, members that are undefined apart. */
export interface Packing<State> {
  readonly pack: (state: State) => string;
  /** `stream`: whose state it is; what follows from that need not be packed. */
  readonly unpack: (packed: string, stream: string) => State;
}

/** What states have in common. Never what belongs to one learner: what a table holds stays there. */
export interface InCommon {
  /** Members that are words of few kinds, or lists of such words. */
  readonly words: readonly string[];
  /** Members that are lists of objects of few kinds. */
  readonly objects: readonly string[];
  /** Of each kind in a table: further ones are told in full. */
  readonly most?: number;
}

type Plain = Readonly<Record<string, unknown>>;

const MOST = 20_000;
/** What is longer is rarely met again. */
const LONGEST = 300;

/** Values by number, from 0 on, and their numbers by what they say. */
class Table<Value> {
  readonly #values: Value[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined: it is to be told in full. */
  numberOf(key: string, make: () => Value): number | undefined {
    const known = this.#numbers.get(key);
    if (known !== undefined || key.length > LONGEST || this.#values.length >= this.#most) return known;
    this.#numbers.set(key, this.#values.push(make()) - 1);
    return this.#values.length - 1;
  }

  at(number: number): Value {
    return this.#values[number] as Value;
  }
}

interface Shape {
  readonly keys: readonly string[];
  /** Copied, it is an object of just the size, as the parser makes them. */
  readonly template: Plain;
}

const shapeOf = (keys: readonly string[]): Shape => ({
  keys,
  template: JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, null])))) as Plain,
});

/** In front of the parts of a list, of an object told in full, of a number that is in no table; from 1 on of an object of a known shape. */
const LIST = 0;
const TOLD = -1;
const NUMBER = -2;
const NOTHING: readonly never[] = Object.freeze([]);

const isWords = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

class Packer {
  readonly #words: Table<string>;
  readonly #lists: Table<readonly string[]>;
  readonly #objects: Table<object>;
  readonly #shapes: Table<Shape>;
  readonly #numbers = new WeakMap<object, number>();
  readonly #wordMembers: ReadonlySet<string>;
  readonly #objectMembers: ReadonlySet<string>;

  constructor({ words, objects, most = MOST }: InCommon) {
    this.#words = new Table(most);
    this.#lists = new Table(most);
    this.#objects = new Table(most);
    this.#shapes = new Table(most);
    this.#wordMembers = new Set(words);
    this.#objectMembers = new Set(objects);
  }

  pack(value: unknown, member: string): unknown {
    if (typeof value === 'number') return this.#isInCommon(member) ? [NUMBER, value] : value;
    if (this.#wordMembers.has(member)) return this.#packWords(value, member);
    return typeof value === 'object' && value !== null ? this.#packParts(value, member) : value;
  }

  #isInCommon(member: string): boolean {
    return this.#wordMembers.has(member) || this.#objectMembers.has(member);
  }

  #packParts(value: object, member: string): unknown {
    if (Array.isArray(value)) return this.#packList(value, member);
    return (this.#objectMembers.has(member) ? this.#numberOf(value) : undefined) ?? this.#packObject(value);
  }

  /** Lists have negative numbers. */
  #packWords(value: unknown, member: string): unknown {
    if (typeof value === 'string') return this.#words.numberOf(value, () => value) ?? value;
    const number = isWords(value) && value.length > 0 ? this.#lists.numberOf(JSON.stringify(value), () => value) : undefined;
    if (number !== undefined) return -1 - number;
    return typeof value === 'object' && value !== null ? this.#packParts(value, member) : value;
  }

  #packList(list: readonly unknown[], member: string): unknown {
    return [LIST, ...list.map((one) => this.pack(one, member))];
  }

  #packObject(value: object): unknown {
    const keys: string[] = [];
    const parts: unknown[] = [TOLD];
    for (const [key, one] of Object.entries(value)) {
      if (one === undefined) continue;
      keys.push(key);
      parts.push(this.pack(one, key));
    }
    const shape = this.#shapes.numberOf(keys.join('\n'), () => shapeOf(keys));
    if (shape === undefined) return [TOLD, ...keys.flatMap((key, place) => [key, parts[place + 1]])];
    parts[0] = shape + 1;
    return parts;
  }

  #numberOf(value: object): number | undefined {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#objects.numberOf(JSON.stringify(value), () => value);
    if (number !== undefined) this.#numbers.set(value, number);
    return number;
  }

  unpack(packed: unknown, member: string): unknown {
    if (Array.isArray(packed)) return this.#unpackParts(packed as readonly unknown[], member);
    if (typeof packed !== 'number') return packed;
    if (this.#wordMembers.has(member)) return packed < 0 ? this.#lists.at(-1 - packed) : this.#words.at(packed);
    return this.#objectMembers.has(member) ? this.#objects.at(packed) : packed;
  }

  /** Plain loops: a learner who is asked about again has some hundred parts. */
  #unpackParts(parts: readonly unknown[], member: string): unknown {
    const kind = parts[0] as number;
    if (kind === LIST) return parts.length === 1 ? NOTHING : this.#unpackList(parts, member);
    if (kind === NUMBER) return parts[1];
    if (kind === TOLD) return Object.fromEntries(pairs(parts.slice(1)).map(([key, one]) => [key, this.unpack(one, key)]));
    const { keys, template } = this.#shapes.at(kind - 1);
    const value: Record<string, unknown> = { ...template };
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place] as string;
      value[key] = this.unpack(parts[place + 1], key);
    }
    return value;
  }

  #unpackList(parts: readonly unknown[], member: string): unknown[] {
    const list: unknown[] = [];
    for (let place = 1; place < parts.length; place++) list.push(this.unpack(parts[place], member));
    return list;
  }
}

const pairs = (parts: readonly unknown[]): readonly (readonly [string, unknown])[] =>
  parts.flatMap((key, place) => (place % 2 === 0 ? [[key as string, parts[place + 1]] as const] : []));

export const packingOf = <State>(common: InCommon): Packing<State> => {
  const packer = new Packer(common);
  return {
    pack: (state) => JSON.stringify(packer.pack(state, '')),
    unpack: (packed) => packer.unpack(JSON.parse(packed), '') as State,
  };
};
