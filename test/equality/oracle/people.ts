// Who is meant (sharing-matrix.md, W7): a known number joins whom birth date and a name agree with, else it makes one of its own.
import { type Data, text, type Told } from './told.ts';

/** All that was told about one person. */
export interface Person {
  readonly told: Told[];
  /** Local ids by agency, the last of each. */
  readonly localIds: Map<string, string>;
}

const plain = (name: string | undefined): string =>
  (name ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

const agrees = (one: Data, other: Data): boolean =>
  text(one, 'dateOfBirth') === text(other, 'dateOfBirth') &&
  ['givenName', 'familyName'].some((name) => plain(text(one, name)) === plain(text(other, name)));

export class People {
  readonly all: Person[] = [];
  /** About nobody. */
  readonly planning: Told[] = [];
  readonly #byNumber = new Map<string, Person[]>();
  /** Agency and reference. */
  readonly #named = new Map<string, Person>();
  readonly #identityOf: (person: Person) => Data;

  /** `identityOf`: as those who stand have told it. */
  constructor(told: readonly Told[], identityOf: (person: Person) => Data) {
    this.#identityOf = identityOf;
    for (const one of told) this.#take(one);
  }

  #take(one: Told): void {
    if (one.subject === undefined) {
      this.planning.push(one);
      return;
    }
    const person = one.type === 'learner.registered' ? this.#registered(one) : this.#meant(one);
    person.told.push(one);
  }

  #registered(one: Told): Person {
    const [uln, localId = ''] = [text(one.data, 'uln'), text(one.data, 'localId')];
    const others = uln === undefined ? [] : (this.#byNumber.get(uln) ?? []);
    const person = others.find((other) => agrees(this.#identityOf(other), one.data)) ?? this.#new();
    if (uln !== undefined) {
      if (!others.includes(person)) this.#byNumber.set(uln, [...others, person]);
      this.#named.set(`${one.by} uln:${uln}`, person);
    }
    this.#named.set(`${one.by} local:${localId}`, person);
    person.localIds.set(one.by, localId);
    return person;
  }

  #new(): Person {
    const person = { told: [], localIds: new Map<string, string>() };
    this.all.push(person);
    return person;
  }

  #meant({ by, subject = '' }: Told): Person {
    const found = this.#named.get(`${by} ${subject}`) ?? this.#byNumber.get(subject.slice('uln:'.length))?.[0];
    if (!found) throw new Error(`${by} names somebody of whom nothing was told.`);
    return found;
  }
}
