// A learner's first sign-in on the own page: an agency that meets the learner hands over a code, the page redeems it (ADR 54).
import type { FactoryProvider } from '@nestjs/common';
import { type AgencyAsker, BearerTokens, LEARNERS_OWN, TOKEN_SECONDS } from '#access';
import { Command } from '#bus';
import { handling } from '#bus/nest';
import { SignInCodes } from '#disclosure';
import type { Clock, Instant } from '#kernel';
import type { Pseudonyms } from '#privacy';
import { CLOCK, PSEUDONYMS } from './egress.tokens.ts';

export interface CodeAsked {
  readonly asker: AgencyAsker;
  /** As the agency names the learner. */
  readonly ref: string;
}

export interface CodeHandedOver {
  readonly code: string;
  readonly until: Instant;
}

/** Undefined: no such learner, or none whom the agency meets. */
export class IssueSignInCode extends Command<CodeAsked, CodeHandedOver | undefined> {}

export interface CodeTyped {
  readonly page: AgencyAsker;
  readonly code: string;
}

export interface SignedIn {
  /** As the page, and the issuer behind it, name the learner from now on. */
  readonly learner: string;
  readonly token: string;
  readonly seconds: number;
}

/** Undefined: no such code, or none that may be used any more. */
export class RedeemSignInCode extends Command<CodeTyped, SignedIn | undefined> {}

interface SigningIn {
  readonly codes: SignInCodes;
  readonly tokens: BearerTokens;
  readonly pseudonyms: Pick<Pseudonyms, 'of'>;
  readonly clock: Clock;
}

const SIGNING_IN = Symbol('SigningIn');

const signingIn: FactoryProvider<SigningIn> = {
  provide: SIGNING_IN,
  inject: [SignInCodes, BearerTokens, PSEUDONYMS, CLOCK],
  useFactory: (...[codes, tokens, pseudonyms, clock]: readonly [SignInCodes, BearerTokens, Pick<Pseudonyms, 'of'>, Clock]) => ({
    codes,
    tokens,
    pseudonyms,
    clock,
  }),
};

const issue = async ({ codes }: SigningIn, { asker, ref }: CodeAsked): Promise<CodeHandedOver | undefined> => codes.issue(asker, ref);

const redeem = async ({ codes, tokens, pseudonyms, clock }: SigningIn, { page, code }: CodeTyped): Promise<SignedIn | undefined> => {
  const id = await codes.redeem(page, code);
  if (id === undefined) return undefined;
  const learner = pseudonyms.of(LEARNERS_OWN, id);
  const token = await tokens.issueToLearner({ pseudonym: learner, page: page.agency, since: clock.now() });
  return { learner, token, seconds: TOKEN_SECONDS };
};

export const sessionHandlers = [signingIn, handling(IssueSignInCode, SIGNING_IN, issue), handling(RedeemSignInCode, SIGNING_IN, redeem)];
