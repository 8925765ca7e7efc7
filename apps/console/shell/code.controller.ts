// A learner's first sign-in: a code that somebody who knows the learner handed over in person (console.md, 1; ADR 54).
import { createHmac, randomBytes } from 'node:crypto';
import { Body, Controller, Get, Inject, Ip, Post } from '@nestjs/common';
import { normalizeIP } from '@fastify/rate-limit';
import { BrokerProblem } from '../broker/broker-client.ts';
import { word } from '../words/index.ts';
import { homeOf } from './areas.ts';
import { type Entered, textOf } from './form.ts';
import type { Person } from './person.ts';
import { Signatories } from './signatories.ts';
import { type Visit, VisitOf } from './visit.ts';

interface Redeemed {
  readonly learner: string;
  readonly access_token: string;
  readonly expires_in: number;
}

/** Of this start alone: what stands for an address tells nobody which it is. */
const KEY = randomBytes(32);
/** A network of IPv6 that one customer has. */
const SUBNET = 64;

const placeOf = (address: string): string => createHmac('sha256', KEY).update(normalizeIP(address, SUBNET)).digest('base64url');

/** A token is not used in its last seconds: it might end on the way. */
const MARGIN_SECONDS = 10;

@Controller('code')
export class CodeController {
  readonly #signatories: Signatories;

  constructor(@Inject(Signatories) signatories: Signatories) {
    this.#signatories = signatories;
  }

  @Get()
  form(@VisitOf() visit: Visit): string {
    return visit.page('templates/code.njk');
  }

  @Post()
  async signIn(@VisitOf() visit: Visit, @Body() body: Entered, @Ip() address: string): Promise<string | undefined> {
    const code = textOf(body['code']);
    const token = await this.#signatories.ownPageToken();
    if (code === '') return wrong(visit, 'codeMissing');
    if (token === undefined) return wrong(visit, 'codeAway');
    const redeemed = await redeemedBy(visit, token, { code, from: placeOf(address) });
    if (typeof redeemed === 'string') return wrong(visit, redeemed);
    const { learner, access_token: access, expires_in: seconds } = redeemed;
    const now = Date.now();
    const person: Person = { kind: 'learner', name: '', learner, authentication: `code ${new Date(now).toISOString()}` };
    // Whoever is signed in as the learner elsewhere is so no longer: that is how a learner gets the page back (console.md, 9).
    visit.endAllOf(person);
    await visit.begin({ person, tokens: { access, until: now + (seconds - MARGIN_SECONDS) * 1000 } });
    visit.goTo(visit.unsent.length > 0 ? '/unsent' : homeOf(person));
    return undefined;
  }
}

const wrong = (visit: Visit, key: string): string => visit.page('templates/code.njk', { error: word(visit.language, key) });

interface Typed {
  readonly code: string;
  /** Whoever guesses from one place shuts out nobody at another. */
  readonly from: string;
}

/** By the broker's status: for a code that is none, or none any more, and for too many such. */
const AMISS: Readonly<Record<number, string>> = { 400: 'codeWrong', 404: 'codeWrong', 429: 'codeTooMany' };

/** What is amiss, where something is. */
const redeemedBy = async (visit: Visit, token: string, typed: Typed): Promise<Redeemed | string> => {
  try {
    return await visit.askAs<Redeemed>(token, '/v1/session/codes/redeem', { method: 'POST', body: typed });
  } catch (error) {
    const amiss = error instanceof BrokerProblem ? AMISS[error.status] : undefined;
    if (amiss === undefined) throw error;
    return amiss;
  }
};
