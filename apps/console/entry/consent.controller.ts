// Staff write down what a learner agrees to or refuses (console.md, 4.3): the notice in the learner’s language, kinds of data and
// recipients one by one, none ticked, and no as large as yes.
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Header, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { type AgencyEvent, type EventToSend, toEvent } from '#client';
import { expectAsShown, NotAsShown } from '../shell/as-shown.ts';
import { type Entered, listOf, textOf } from '../shell/form.ts';
import { wordFor } from '../learner/words.ts';
import { isFingerprint } from '../shell/multipart.ts';
import { Signatories } from '../shell/signatories.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type Language, LANGUAGES } from '../words/index.ts';
import { type ConsentDocument, type ConsentOffer, offerOf } from './consent-offer.ts';
import { asReference, isReference, staffOf } from './entering.ts';
import { wordsOf } from './receipt-words.ts';

interface Listed {
  readonly protocols: readonly {
    readonly id: string;
    readonly version: number;
    readonly status: string;
    readonly parties: readonly { readonly agency: string }[];
  }[];
}

interface Answered {
  readonly agrees: boolean;
  readonly protocol: string;
  readonly learner: string;
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  readonly givenBy: string;
  readonly method: string;
  /** Where the proof is kept, and the fingerprint of its scan; empty where neither was said. */
  readonly evidence: string;
  readonly language: Language;
  readonly event: AgencyEvent;
}

const SENT = 'consent-receipt';
const GIVEN_BY = ['learner', 'parent-or-carer'] as const;
const METHODS = ['signed-form', 'online', 'verbal-witnessed'] as const;

@Controller('staff/consent')
export class ConsentController {
  readonly #signatories: Signatories;

  constructor(@Inject(Signatories) signatories: Signatories) {
    this.#signatories = signatories;
  }

  @Get('new')
  async choose(@VisitOf() visit: Visit): Promise<string> {
    const documents = await offered(visit);
    return visit.page('entry/consent-agreements.njk', { documents, signs: this.#signatories.agencyOf(visit.person) !== undefined });
  }

  @Get('new/:protocol')
  async form(@VisitOf() visit: Visit, @Param('protocol') protocol: string, @Query('notice') notice?: string): Promise<string> {
    const language = LANGUAGES.find((one) => one === notice) ?? 'en';
    return formPage(visit, await known(visit, protocol), { language, entered: {}, errors: {} });
  }

  /** To be printed, in both languages: what the form on the screen asks, for whoever answers by hand. */
  @Get('paper/:protocol')
  async paper(@VisitOf() visit: Visit, @Param('protocol') protocol: string): Promise<string> {
    const { document, offer } = await known(visit, protocol);
    const sides = LANGUAGES.map((lang) => sideOf(offer, lang));
    return visit.page('entry/consent-paper.njk', { document, sides, asOf: Date.now() });
  }

  /** What was answered last. */
  @Get('check')
  async check(@VisitOf() visit: Visit): Promise<string | undefined> {
    const answer = visit.draft('consent') as Answered | undefined;
    if (answer !== undefined) return checkPage(visit, await known(visit, answer.protocol), answer);
    visit.goTo('/staff/consent/new');
    return undefined;
  }

  @Post('new/:protocol')
  async answered(@VisitOf() visit: Visit, @Param('protocol') protocol: string, @Body() body: Entered): Promise<string> {
    const asked = await known(visit, protocol);
    const answer = answerIn(visit, asked, body);
    const errors = errorsIn(answer);
    if (Object.keys(errors).length > 0) return formPage(visit, asked, { language: answer.language, entered: body, errors });
    visit.keepDraft('consent', { ...answer });
    return checkPage(visit, asked, answer);
  }

  @Post('send')
  async send(@VisitOf() visit: Visit, @Body() checked: Entered): Promise<string | undefined> {
    const answer = visit.draft('consent') as Answered | undefined;
    if (answer === undefined) throw new NotAsShown('/staff/consent/new');
    expectAsShown(checked, answer.event.id, '/staff/consent/check');
    const [receipt] = await this.#signatories.send(visit, [answer.event]);
    if (receipt === undefined) throw new NotFoundException();
    const words = wordsOf(receipt);
    if (words.done) {
      visit.dropDraft('consent');
      visit.keepDraft(SENT, { receipt });
    }
    return visit.page('entry/consent-sent.njk', { answer, receipt, words });
  }

  @Get('receipt.json')
  @Header('content-type', 'application/json')
  @Header('content-disposition', 'attachment; filename="receipt.json"')
  receipt(@VisitOf() visit: Visit): string {
    const sent = visit.draft(SENT);
    if (sent === undefined) throw new NotFoundException();
    return JSON.stringify(sent['receipt']);
  }
}

const checkPage = (visit: Visit, asked: Asked, answer: Answered): string => visit.page('entry/consent-check.njk', { ...asked, answer });

/** As learners' pages call kinds of data and recipients, so that whoever is read to, paper and page say the same. */
const nameIn = (lang: Language, one: string): string => {
  const kind = wordFor(lang, 'kind', one);
  return kind === one.replaceAll('-', ' ') ? wordFor(lang, 'role', one) : kind;
};

const sideOf = (offer: ConsentOffer, lang: Language): Readonly<Record<string, unknown>> => ({
  lang,
  purposes: offer.purposes.map(({ sentence }) => sentence[lang]),
  categories: offer.categories.map((category) => wordFor(lang, 'kind', category)),
  recipients: offer.recipients.map((recipient) => wordFor(lang, 'role', recipient)),
});

interface Asked {
  readonly document: ConsentDocument;
  readonly offer: ConsentOffer;
}

/** Of the agreements that the agency signed and under which data flows. */
const offered = async (visit: Visit): Promise<readonly ConsentDocument[]> => {
  const { agency } = staffOf(visit);
  const { protocols } = await visit.ask<Listed>('/v1/protocols');
  const signed = protocols.filter(
    ({ status, parties }) => (status === 'in-force' || status === 'review-due') && parties.some((one) => one.agency === agency),
  );
  const texts = await Promise.all(
    signed.map(({ id, version }) => visit.ask<{ readonly document: ConsentDocument }>(`/v1/protocols/${id}/${version}`)),
  );
  return texts.map(({ document }) => document).filter((document) => offerOf(document) !== undefined);
};

const known = async (visit: Visit, protocol: string): Promise<Asked> => {
  const document = (await offered(visit)).find(({ id }) => id === protocol);
  const offer = document && offerOf(document);
  if (document === undefined || offer === undefined) throw new NotFoundException();
  return { document, offer };
};

const answerIn = (visit: Visit, { document, offer }: Asked, body: Entered): Answered => {
  const of = (name: string, choices: readonly string[]): readonly string[] => listOf(body[name]).filter((one) => choices.includes(one));
  const answer = {
    agrees: textOf(body['answer']) === 'yes',
    protocol: document.id,
    learner: asReference(textOf(body['learner'])),
    categories: of('categories', offer.categories),
    recipients: of('recipients', offer.recipients),
    purposes: offer.purposes.map(({ id }) => id),
    givenBy: GIVEN_BY.find((one) => one === body['givenBy']) ?? '',
    method: METHODS.find((one) => one === body['method']) ?? '',
    evidence: evidenceIn(body),
    language: LANGUAGES.find((one) => one === body['notice']) ?? 'en',
  };
  return { ...answer, event: eventOf(visit, document, answer) };
};

/** The scan that came along now, else the one that came before something was amiss. */
const scanIn = (body: Entered): string => [body['scan'], body['scanned']].map(textOf).find(isFingerprint) ?? '';

const evidenceIn = (body: Entered): string => {
  const scan = scanIn(body);
  return [textOf(body['evidence']), ...(scan === '' ? [] : [`scan ${scan}`])].filter((part) => part !== '').join('; ');
};

/** Who refuses refuses all that was asked for. */
const eventOf = (visit: Visit, { id, version }: ConsentDocument, answer: Omit<Answered, 'event'>): AgencyEvent => {
  const { agency, staff } = staffOf(visit);
  const time = new Date().toISOString();
  const { agrees, learner, categories, recipients, purposes, givenBy, method, evidence, language } = answer;
  const scope = { protocol: id, purposes, categories, recipients };
  const said = { givenBy, method, notice: { id, version: String(version), language }, ...(evidence !== '' && { evidence }) };
  const data = { consentId: `consent-${randomUUID()}`, ...scope, ...said, validFrom: time.slice(0, 10) };
  const type = agrees ? 'consent.given' : 'consent.refused';
  const event = toEvent(agency, { type, subject: learner, time, data } as unknown as EventToSend);
  return { ...event, authored: new URLSearchParams({ staffId: staff, form: type, time }).toString() };
};

const errorsIn = (answer: Answered): Readonly<Record<string, string>> => ({
  ...(!isReference(answer.learner) && { learner: 'Enter your own id for the learner, or the ten digits of a ULN' }),
  ...(answer.categories.length === 0 && { categories: 'Choose what it is about' }),
  ...(answer.recipients.length === 0 && { recipients: 'Choose whom it is about' }),
  ...(answer.givenBy === '' && { givenBy: 'Say who answered' }),
  ...(answer.method === '' && { method: 'Say how it was answered' }),
});

interface Shown {
  readonly language: Language;
  readonly entered: Entered;
  readonly errors: Readonly<Record<string, string>>;
}

const formPage = (visit: Visit, asked: Asked, { language: notice, entered, errors }: Shown): string =>
  visit.page('entry/consent-form.njk', {
    ...asked,
    notice,
    calledAs: (one: string) => nameIn(notice, one),
    entered: { ...entered, scanned: scanIn(entered), categories: listOf(entered['categories']), recipients: listOf(entered['recipients']) },
    errors,
    errorList: Object.entries(errors).map(([name, text]) => ({ text, href: `#${name}` })),
    givenBy: GIVEN_BY,
    methods: METHODS,
  });
