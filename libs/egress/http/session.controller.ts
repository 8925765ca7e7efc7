// Codes for a learner's first sign-in on the own page (console.md, 1 and 10).
import { Body, Controller, Header, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import type { Caller } from '#access';
import { UseCases } from '#bus/nest';
import { Registers } from '#disclosure';
import { CallerGuard, CallerOf, Problem, RateLimits } from '#http';
import { type Clock, londonDate } from '#kernel';
import { CLOCK } from '../egress.tokens.ts';
import { type CodeTyped, IssueSignInCode, RedeemSignInCode, type SignedIn } from '../session.handlers.ts';
import { atUniformTime } from './learners.controller.ts';
import { refIn } from './read-request.ts';

/** Wrong codes a minute, of one place and of all of one page: a person mistypes, a guesser has to come again and again. */
const WRONG_A_MINUTE = 30;
const WRONG_OF_A_PAGE = 300;
const LONGEST_CODE = 40;
const LONGEST_PLACE = 100;

@Controller('v1/session/codes')
@UseGuards(CallerGuard)
export class SessionController {
  readonly #useCases: UseCases;
  readonly #registers: Registers;
  readonly #clock: Clock;
  readonly #wrongOfPlaces = new RateLimits(WRONG_A_MINUTE);
  readonly #wrongOfPages = new RateLimits(WRONG_OF_A_PAGE);

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(Registers) registers: Registers, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#registers = registers;
    this.#clock = clock;
  }

  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async issue(@CallerOf() asker: Caller, @Body() body: unknown): Promise<unknown> {
    const began = performance.now();
    const handed = await this.#useCases.run(new IssueSignInCode({ asker, ref: refIn(body) }), 'http');
    if (handed === undefined) {
      await atUniformTime(began);
      throw new Problem(404, 'no-such-learner', 'There is no such learner, or none whom your agency advises, trains or teaches.');
    }
    return { code: handed.code, until: new Date(handed.until).toISOString() };
  }

  @Post('redeem')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async redeem(@CallerOf() page: Caller, @Body() body: unknown): Promise<unknown> {
    const began = performance.now();
    this.#mustBePage(page);
    const [code, place] = [codeIn(body), `${page.agency} ${placeIn(body)}`];
    const signedIn = await this.#tried({ page, code }, place);
    if (signedIn === undefined) {
      await atUniformTime(began);
      throw new Problem(
        404,
        'no-such-code',
        'There is no such code, or it was used, is over, or was mistyped too often: ask for a new one.',
      );
    }
    const { learner, token, seconds } = signedIn;
    return { learner, access_token: token, token_type: 'Bearer', expires_in: seconds };
  }

  /** Wrong until it proves right; what could not be tried counts for nothing, and what its place may not try for nothing of the page's. */
  async #tried(typed: CodeTyped, place: string): Promise<SignedIn | undefined> {
    const { agency } = typed.page;
    this.#wrongOfPlaces.hold(place);
    this.#wrongOfPages.hold(agency);
    let isWrong = false;
    try {
      const signedIn = await this.#useCases.run(new RedeemSignInCode(typed), 'http');
      isWrong = signedIn === undefined;
      return signedIn;
    } finally {
      if (!isWrong) {
        this.#wrongOfPages.release(agency);
        this.#wrongOfPlaces.release(place);
      }
    }
  }

  #mustBePage({ agency }: Caller): void {
    const roles = this.#registers.inForce(londonDate(this.#clock.now())).partner(agency)?.roles ?? [];
    if (!roles.includes('self-service'))
      throw new Problem(403, 'not-permitted', "A learner's own page redeems codes, nobody else.", { more: { clauses: [] } });
  }
}

/** Throws `Problem`: 400. */
const codeIn = (body: unknown): string => {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  if (typeof code === 'string' && code !== '' && code.length <= LONGEST_CODE) return code;
  throw new Problem(400, 'bad-request', 'Send a JSON object whose member `code` is the code as it was typed.');
};

/** Where it was typed, as far as the page tells; all that it tells nothing of is one place. Throws `Problem`: 400. */
const placeIn = (body: unknown): string => {
  const from = typeof body === 'object' && body !== null && 'from' in body ? body.from : undefined;
  if (from === undefined) return '';
  if (typeof from === 'string' && from !== '' && [...from].length <= LONGEST_PLACE) return from;
  throw new Problem(400, 'bad-request', 'The member `from` is a text of at most 100 characters that stands for where the code was typed.');
};
