// One request of somebody's browser: who it is, what is asked of the broker in that person's name, and the page that comes of it.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '#client';
import type { AgencyNames, NameOf } from '../broker/agency-names.ts';
import { type Asking, type BrokerClient, BrokerProblem } from '../broker/broker-client.ts';
import { type Language, LANGUAGES } from '../words/index.ts';
import { enteredIn, markIn, tokenWith } from './form.ts';
import type { Issuer } from './issuer.ts';
import { OwnWrites } from './own-writes.ts';
import type { Pages } from './pages.ts';
import { asPressed, byItself, inLanguage, pathOf } from './paths.ts';
import { isAsBefore, type Person } from './person.ts';
import type { KeptDrafts, Unsent } from './drafts.ts';
import { roleWords } from './role-words.ts';
import { IDLE_MS, personOf, type Tokens } from './session.ts';
import type { SignIn, SignIns } from './sign-ins.ts';
import { Working } from './working.ts';

/** Nobody is signed in, or no longer: the page is offered again after the next sign-in. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

export interface VisitParts {
  readonly pages: Pages;
  readonly broker: BrokerClient;
  readonly names: AgencyNames;
  readonly issuer: Issuer;
  readonly drafts: KeptDrafts;
  readonly signIns: SignIns;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export type Question = Omit<Asking, 'token'>;

export class Visit {
  /** What the person did lately, which what is asked from then on shows. */
  readonly own: OwnWrites;
  readonly working: Working;
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #parts: VisitParts;

  constructor(request: FastifyRequest, reply: FastifyReply, parts: VisitParts) {
    this.#request = request;
    this.#reply = reply;
    this.#parts = parts;
    this.own = new OwnWrites(request, parts);
    this.working = new Working(request);
  }

  /** Throws `NotSignedIn`. */
  get person(): Person {
    const person = personOf(this.#request);
    if (person === undefined) throw new NotSignedIn();
    return person;
  }

  /** Learners' pages are in both languages, staff's in English. */
  get language(): Language {
    const person = personOf(this.#request);
    if (person !== undefined && person.kind !== 'learner') return 'en';
    return this.#request.session.language ?? 'en';
  }

  /** Of an agency, as people know it. */
  get nameOf(): NameOf {
    return this.#parts.names.nameOf;
  }

  /** Of what a cell says, one or several: agencies by their names, all else as it is. */
  named(text = ''): string {
    return text
      .split('; ')
      .map((one) => this.#parts.names.known(one) ?? one)
      .join('; ');
  }

  /** For what staff work on pages of this kind; none until it is chosen. */
  get purposes(): readonly string[] {
    return this.working.on();
  }

  /** Said at the top of the next page, once. */
  say(text: string): void {
    this.#request.session.said = text;
  }

  draft(form: string): Readonly<Record<string, unknown>> | undefined {
    return this.#request.session.drafts?.[form];
  }

  /** Also until the person signs in again. */
  keepDraft(form: string, entered: Readonly<Record<string, unknown>>): void {
    this.#keepDrafts({ ...this.#request.session.drafts, [form]: entered });
  }

  dropDraft(form: string): void {
    const { [form]: _sent, ...rest } = this.#request.session.drafts ?? {};
    this.#keepDrafts(rest);
  }

  /** What the person wrote and could not send. */
  get unsent(): readonly Unsent[] {
    return this.#parts.drafts.unsentOf(this.person);
  }

  /** The sign-in was over when this was sent: it is kept for whoever was shown the form. */
  keepUnsent(): void {
    const { body, url, method } = this.#request;
    const mark = markIn(body);
    if (method === 'POST' && mark !== undefined) this.#parts.drafts.keepUnsent(mark, url, enteredIn(body));
  }

  dropUnsent(path: string): void {
    this.#parts.drafts.drop(this.person, path);
  }

  /** Where the person is signed in, the latest first, which of them this is, and all of this console. */
  get signIns(): { readonly all: readonly SignIn[]; readonly own: string | undefined; readonly kept: SignIns } {
    const kept = this.#parts.signIns;
    return { all: kept.of(this.person), own: this.#request.session.signIn, kept };
  }

  /** With a name of its own, so that nobody can hand a session to somebody else; the language stays. */
  async begin(signedIn: { readonly person: Person; readonly tokens: Tokens }): Promise<void> {
    const { signIns, drafts } = this.#parts;
    const { person } = signedIn;
    const { language } = this.#request.session;
    await this.#request.session.regenerate();
    const signIn = signIns.begin(person, this.#request.headers['user-agent']);
    const kept = { ...signedIn, signIn, drafts: drafts.formsOf(person), ...(language !== undefined && { language }) };
    Object.assign(this.#request.session, kept);
    this.#request.session.cookie.maxAge = IDLE_MS[person.kind];
  }

  /** Everywhere in this console. */
  endAllOf(person: Person): void {
    this.#parts.signIns.endAll(person);
  }

  /** The sign-in is over on purpose: the server forgets it and what was written in it, the browser what it was shown. */
  async leave(): Promise<void> {
    const person = personOf(this.#request);
    const { signIn } = this.#request.session;
    if (person !== undefined) this.#parts.drafts.forget(person);
    if (signIn !== undefined) this.#parts.signIns.end(signIn);
    await this.#request.session.destroy();
    void this.#reply.header('clear-site-data', '"cache", "cookies", "storage"');
  }

  /** The broker's answer as JSON, of the form that its OpenAPI document gives. Throws `NotSignedIn`, `BrokerProblem`, `BrokerAway`. */
  async ask<Body>(path: string, question: Question = {}): Promise<Body> {
    return (await this.own.ask(path, { purposes: this.purposes, ...question, token: await this.stillSignedIn() })) as Body;
  }

  /** The same with a token that is not the person's own: before anybody is signed in. */
  async askAs<Body>(token: string, path: string, question: Question = {}): Promise<Body> {
    return (await this.#parts.broker.ask(path, { ...question, token })) as Body;
  }

  /** The same; undefined where there is none, or none that the person may know of. */
  async askIfAny<Body>(path: string, question: Question = {}): Promise<Body | undefined> {
    try {
      return await this.ask<Body>(path, question);
    } catch (error) {
      if (error instanceof BrokerProblem && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The answer as a file that comes; throws as `ask` does. */
  async open(path: string, question: Question = {}): Promise<Response> {
    return this.own.open(path, { purposes: this.purposes, ...question, token: await this.stillSignedIn() });
  }

  /** A signed message, sent for the person who is signed in. Throws as `ask` does. */
  async tell(jws: string): Promise<readonly Receipt[]> {
    return this.own.tell(jws, await this.stillSignedIn());
  }

  /** HTML of a template in `apps/console`, with what every page shows. */
  page(template: string, model: Readonly<Record<string, unknown>> = {}): string {
    const said = this.#request.session.said;
    delete this.#request.session.said;
    return this.#parts.pages.render(template, { ...this.#common(), ...(said !== undefined && { said }), ...model });
  }

  /** After a form was taken: the page that shows what came of it is asked for anew, so that going back sends nothing twice. */
  goTo(path: string): void {
    void this.#reply.redirect(path, 303);
  }

  #common(): Readonly<Record<string, unknown>> {
    const { session, url } = this.#request;
    const person = personOf(this.#request);
    const path = pathOf(url);
    return {
      person,
      role: person && roleWords(person, this.nameOf),
      path,
      address: asPressed(url),
      itself: byItself(url),
      inLanguage: (language: Language) => inLanguage(this.#request, language),
      language: this.language,
      now: this.#parts.clock(),
      languages: person === undefined || person.kind === 'learner' ? LANGUAGES : ['en'],
      purposes: this.purposes,
      isBehind: this.own.isBehind,
      nameOf: this.nameOf,
      named: (text: string | undefined) => this.named(text),
      csrf: tokenWith(this.#reply.generateCsrf(), person && this.#parts.drafts.markOf(person)),
      ...this.#parts.signIns.endingOf(session),
    };
  }

  #keepDrafts(drafts: Record<string, Readonly<Record<string, unknown>>>): void {
    this.#request.session.drafts = drafts;
    this.#parts.drafts.keepForms(this.person, drafts);
  }

  /** As whom pages were offered to; with what the broker knows the person by. Throws `NotSignedIn`. */
  async stillSignedIn(): Promise<string> {
    const { session } = this.#request;
    const { tokens } = session;
    const fresh = tokens && (await this.#parts.issuer.fresh(tokens));
    if (fresh === undefined) throw new NotSignedIn();
    if (fresh !== tokens) {
      // Another role is another session (ASVS 5, 7.2.4): pages are offered by it.
      if (fresh.person !== undefined && !isAsBefore(fresh.person, this.person)) throw new NotSignedIn();
      session.tokens = fresh;
      await session.save();
    }
    return fresh.access;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit;
  }
}

/** The visit, as a parameter of a controller. */
export const VisitOf = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Visit => context.switchToHttp().getRequest<FastifyRequest>().visit,
);
