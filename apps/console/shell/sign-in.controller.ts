// Signing in and out with the partnership's issuer; a session begins with a new name, so nobody can hand one to somebody else.
import { Controller, Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { homeOf } from './areas.ts';
import { Issuer } from './issuer.ts';
import { personOf } from './session.ts';
import { type Visit, VisitOf } from './visit.ts';

/** A path of these pages, and no address elsewhere: `//` would name another host, and so would a backslash in some browsers. */
const OWN_PATH = /^\/(?![/\\])[\w\-./?=&%:,~]*$/;

/** Where to after sign-in. */
export const ownPath = (then: string | undefined): string =>
  then !== undefined && OWN_PATH.test(then) && !then.startsWith('/sign') ? then : '/';

@Controller()
export class SignInController {
  readonly #issuer: Issuer;

  constructor(@Inject(Issuer) issuer: Issuer) {
    this.#issuer = issuer;
  }

  @Get()
  home(@Req() request: FastifyRequest, @VisitOf() visit: Visit): string | undefined {
    const person = personOf(request);
    if (person === undefined) return visit.page('templates/welcome.njk');
    visit.goTo(homeOf(person));
    return undefined;
  }

  @Get('sign-in')
  async begin(@Req() request: FastifyRequest, @VisitOf() visit: Visit, @Query('then') then?: string): Promise<void> {
    const { begun, location } = await this.#issuer.begin(ownPath(then));
    request.session.begun = begun;
    visit.goTo(location);
  }

  @Get('sign-in/return')
  async finish(@Req() request: FastifyRequest, @VisitOf() visit: Visit): Promise<string | undefined> {
    const { begun } = request.session;
    if (begun === undefined) {
      visit.goTo('/');
      return undefined;
    }
    const signedIn = await this.#issuer.finish(begun, request.url.slice(request.url.indexOf('?')));
    await visit.begin(signedIn);
    visit.goTo(visit.unsent.length > 0 ? '/unsent' : begun.then === '/' ? homeOf(signedIn.person) : begun.then);
    return undefined;
  }

  @Post('sign-out')
  async out(@VisitOf() visit: Visit): Promise<void> {
    const location = await this.#issuer.leaving().catch(() => undefined);
    await visit.leave();
    visit.goTo(location ?? '/signed-out');
  }

  /** Of everything that the same person is signed in with, this too. */
  @Post('sign-out/everywhere')
  async everywhere(@VisitOf() visit: Visit): Promise<void> {
    visit.endAllOf(visit.person);
    await this.out(visit);
  }

  /** For whoever has to leave at once: the session ends, and the browser shows a page of somebody else (console.md, 9). */
  @Get('leave')
  async leave(@VisitOf() visit: Visit): Promise<void> {
    await visit.leave();
    visit.goTo('https://www.bbc.co.uk/weather');
  }

  /** Which cookie there is, and that there is no other (console.md, 8). */
  @Get('cookies')
  cookies(@VisitOf() visit: Visit): string {
    return visit.page('templates/cookies.njk');
  }

  @Get('signed-out')
  signedOut(@VisitOf() visit: Visit): string {
    return visit.page('templates/signed-out.njk');
  }
}
