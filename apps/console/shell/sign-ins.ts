// Who is signed in where, so that a person sees it and can end it: all of it in this console's memory, as the sessions are (console.md, 4.4
// and 9; ADR 60).
import { randomUUID } from 'node:crypto';
import { ownerOf, type Person, type StaffMember } from './person.ts';
import { IDLE_MS, LONGEST_MS, type Tokens } from './session.ts';

export const DEVICES = ['phone', 'tablet', 'computer', 'other'] as const;
export type Device = (typeof DEVICES)[number];

export interface SignIn {
  readonly id: string;
  readonly device: Device;
  /** Milliseconds since 1970: when it was, and when something was last asked for. */
  readonly at: number;
  readonly lastAt: number;
}

type Known = SignIn & { readonly person: Person };

export interface StaffSignIn extends SignIn {
  readonly person: StaffMember;
}

/** Of a session. */
interface Resting {
  readonly signIn?: string;
  readonly tokens?: Tokens;
}

interface Ending {
  /** Milliseconds since 1970. */
  readonly endsAt?: number;
  /** However busy the person is. */
  readonly endsAnyway?: boolean;
}

const KINDS: readonly (readonly [RegExp, Device])[] = [
  [/iPad|Tablet|Android(?!.*Mobile)/, 'tablet'],
  [/Mobi|iPhone/, 'phone'],
  [/Windows|Macintosh|CrOS|Linux/, 'computer'],
];

/** What kind of thing a browser says that it runs on; more is not kept of it. */
export const deviceOf = (userAgent = ''): Device => KINDS.find(([form]) => form.test(userAgent))?.[1] ?? 'other';

export class SignIns {
  readonly #clock: () => number;
  readonly #byId = new Map<string, Known>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Its id, by which its session is known to go on. */
  begin(person: Person, userAgent: string | undefined): string {
    const at = this.#clock();
    for (const [id, known] of this.#byId) if (this.#isOver(known)) this.#byId.delete(id);
    const id = randomUUID();
    this.#byId.set(id, { id, device: deviceOf(userAgent), at, lastAt: at, person });
    return id;
  }

  /** Something is asked for: whether the sign-in goes on. What a page asks by itself is nobody's doing (ASVS 5, 7.3.1). */
  goesOn(id: string, { byItself = false }: { readonly byItself?: boolean } = {}): boolean {
    const known = this.#byId.get(id);
    const isOpen = known !== undefined && !this.#isOver(known);
    if (!isOpen) this.#byId.delete(id);
    else if (!byItself) this.#byId.set(id, { ...known, lastAt: this.#clock() });
    return isOpen;
  }

  /** When it is over if nothing is asked for. Milliseconds since 1970. */
  endOf(id: string): number | undefined {
    const known = this.#byId.get(id);
    return known && Math.min(known.lastAt + IDLE_MS[known.person.kind], known.at + LONGEST_MS);
  }

  /** As pages say it: what rests on a token that is not renewed is over with that, whatever is asked for (ADR 54). */
  endingOf({ signIn, tokens }: Resting): Ending {
    const end = signIn === undefined ? undefined : this.endOf(signIn);
    if (end === undefined) return {};
    const endsAnyway = tokens !== undefined && tokens.refresh === undefined && tokens.until < end;
    return { endsAt: endsAnyway ? tokens.until : end, endsAnyway };
  }

  /** The latest first. */
  of(person: Person): readonly SignIn[] {
    const owner = ownerOf(person);
    return [...this.#byId.values()].filter((one) => ownerOf(one.person) === owner && !this.#isOver(one)).sort(latestFirst);
  }

  /** Of an agency's staff, and not of its data protection officer, who is nobody's staff here; the latest first. */
  ofStaffAt(agency: string): readonly StaffSignIn[] {
    const all = [...this.#byId.values()].flatMap(({ person, ...one }) =>
      person.kind === 'staff' && person.agency === agency && !this.#isOver({ ...one, person }) ? [{ ...one, person }] : [],
    );
    return all.sort(latestFirst);
  }

  /** Nothing where it is no sign-in of that agency's staff. */
  endOfStaffAt(agency: string, id: string): void {
    if (this.ofStaffAt(agency).some((one) => one.id === id)) this.end(id);
  }

  end(id: string): void {
    this.#byId.delete(id);
  }

  endAll(person: Person): void {
    for (const { id } of this.of(person)) this.end(id);
  }

  #isOver({ at, lastAt, person }: Known): boolean {
    const now = this.#clock();
    return now - lastAt >= IDLE_MS[person.kind] || now - at >= LONGEST_MS;
  }
}

const latestFirst = (one: SignIn, other: SignIn): number => other.at - one.at;
