// What the server keeps of one sign-in; the browser holds nothing but its name (ASVS 5, V7).
import type { FastifyRequest } from 'fastify';
import type { Language } from '../words/index.ts';
import type { Wrote } from './own-writes.ts';
import type { Person } from './person.ts';

export interface Tokens {
  readonly access: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly refresh?: string;
  /** Whom the issuer named when it renewed them, where it said so again. */
  readonly person?: Person;
}

/** A sign-in that has begun: whoever comes back from the issuer must be the same browser. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly then: string;
}

declare module 'fastify' {
  interface Session {
    person?: Person;
    /** By which the sign-in is known to go on. */
    signIn?: string;
    tokens?: Tokens;
    begun?: Begun;
    language?: Language;
    /** Chosen once a session. */
    purposes?: readonly string[];
    /** Chosen for pages of a kind, by that kind. */
    purposesByKind?: Readonly<Record<string, readonly string[]>>;
    /** What was entered and is not yet sent, by the name of its form. */
    drafts?: Record<string, Readonly<Record<string, unknown>>>;
    /** What to say on the next page, once. */
    said?: string;
    wrote?: Wrote;
  }
}

const MINUTE = 60_000;

/** Without anything being asked for: learners may sit at a device that others use. */
export const IDLE_MS: Readonly<Record<Person['kind'], number>> = {
  officer: 15 * MINUTE,
  'data-manager': 15 * MINUTE,
  staff: 15 * MINUTE,
  learner: 10 * MINUTE,
};

/** However busy somebody is: after it they sign in again. */
export const LONGEST_MS = 8 * 60 * MINUTE;

/** Undefined where nobody is signed in. Whether the sign-in still goes on was asked before anything else of the request. */
export const personOf = ({ session: { person } }: Pick<FastifyRequest, 'session'>): Person | undefined => person;

/** Nothing of the sign-in stays; the language does. */
export const emptySession = ({ session }: Pick<FastifyRequest, 'session'>): void => {
  delete session.person;
  delete session.signIn;
  delete session.tokens;
  delete session.purposes;
  delete session.purposesByKind;
  delete session.drafts;
  delete session.said;
  delete session.wrote;
};
