// What staff work on at present: chosen once a session, and, where a page needs something else, remembered for pages of its kind
// (console.md, 3).
import type { FastifyRequest } from 'fastify';

interface Asked {
  readonly url: string;
  readonly session: Pick<FastifyRequest['session'], 'purposes' | 'purposesByKind'>;
}

/** What is particular about an address is left out: whom it is about, what is entered, and whether it is read or taken as a file. */
const PARTICULARS: readonly (readonly [RegExp, string])[] = [
  [/[?#].*$/, ''],
  [/\/csv$/, ''],
  [/^(\/staff\/learners)\/[^/]+/, '$1/*'],
  [/^(\/staff\/(?:enter|consent)|\/agreements|\/agency)\/.*$/, '$1'],
];

export const kindOfPage = (path: string): string => PARTICULARS.reduce((kind, [what, by]) => kind.replace(what, by), path);

/** Where a session begins: what is said there is meant for all of it. */
const HOMES: readonly string[] = ['/staff', '/plan', '/agency'];

export const isHome = (path: string): boolean => HOMES.includes(kindOfPage(path));

/** Of more kinds of pages than there are lists, those that were chosen for last. */
const MOST_KINDS = 100;

export class Working {
  readonly #request: Asked;

  constructor(request: Asked) {
    this.#request = request;
  }

  /** On pages of the kind of that one, or of this; none until something is chosen. */
  on(path = this.#request.url): readonly string[] {
    const { purposes = [], purposesByKind = {} } = this.#request.session;
    return Object.hasOwn(purposesByKind, kindOfPage(path)) ? (purposesByKind[kindOfPage(path)] ?? []) : purposes;
  }

  /** On pages of the kind of one alone, or on all; the first choice of a session holds for all. */
  choose(purposes: readonly string[], path?: string): void {
    const { session } = this.#request;
    if (path === undefined || session.purposes === undefined) {
      session.purposes = purposes;
      delete session.purposesByKind;
      return;
    }
    const kind = kindOfPage(path);
    const others = Object.entries(session.purposesByKind ?? {}).filter(([one]) => one !== kind);
    session.purposesByKind = Object.fromEntries([...others, [kind, purposes] as const].slice(-MOST_KINDS));
  }
}
