// A learner's first page, what is held, who has seen it, who helps, and the plan (console.md, 4.4).
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Agreements } from '../broker/agreements.ts';
import { learnersCircle } from '../pictures/learners-circle.ts';
import type { Picture } from '../pictures/picture.ts';
import { textOf } from '../shell/form.ts';
import { Signatories } from '../shell/signatories.ts';
import { dayText } from '../shell/times.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Language } from '../words/index.ts';
import { linesOf } from './item-lines.ts';
import { openedIn, ownWording, sentencesFor, valueWordsFor, wordsFor } from './learner-page.ts';
import { looksIn, type SentenceOf } from './looks.ts';
import { kindName } from './names.ts';
import { type KnownTo, type OwnItem, type OwnRecord, type Rows, type Seen, sharingOf, agreedOn } from './own-answers.ts';

const LAST_LOOKS = 5;
const FIRST_AGREED = 5;
/** What an agency was shown of its own alone is no line: more is asked for than is shown. */
const SEARCHED = 40;
const ON_A_PAGE = 25;

@Controller('me')
export class OwnRecordController {
  readonly #agreements: Agreements;
  readonly #signatories: Signatories;

  constructor(@Inject(Agreements) agreements: Agreements, @Inject(Signatories) signatories: Signatories) {
    this.#agreements = agreements;
    this.#signatories = signatories;
  }

  @Get()
  async home(@VisitOf() visit: Visit): Promise<string> {
    const sentenceOf = await sentencesFor(visit, this.#agreements);
    const seen = await visit.ask<Seen>('/v1/me/seen', { search: { limit: SEARCHED, own: 'false' } });
    const { kinds } = await visit.ask<OwnRecord>('/v1/me/record', { search: { limit: 1 } });
    const sharing = await sharingOf(visit);
    const { consents, requests } = sharing;
    return visit.page('learner/home.njk', {
      ...this.#words(visit, sentenceOf),
      held: kinds.filter(({ category }) => category !== 'consent' && category !== 'rights'),
      looks: looksIn(seen.decisions, visit, { sentenceOf, agreedOn: agreedOn(sharing) }).slice(0, LAST_LOOKS),
      ...{ agreed: consents.filter(({ counts }) => counts), atFirst: FIRST_AGREED },
      requests: requests.filter(({ state }) => state === 'waiting'),
    });
  }

  @Get('record')
  async record(@VisitOf() visit: Visit, @Query() { item: sealed, cursor }: Readonly<Record<string, string>>): Promise<string> {
    const kind = textOf(openedIn(visit, sealed)['kind']) || undefined;
    const sentenceOf = await sentencesFor(visit, this.#agreements);
    const { kinds, items, clauses, next } = await visit.ask<OwnRecord>('/v1/me/record', {
      search: { category: kind, cursor, limit: kind === undefined ? 1 : ON_A_PAGE },
    });
    const words = valueWordsFor(visit, sentenceOf);
    const byName = new Map(clauses.map((clause) => [clause.clause, clause]));
    const shown = items.map((item) => ({
      ...item,
      lines: linesOf(item.data, words),
      sharedBy: item.shared.flatMap((clause) => byName.get(clause) ?? []),
      regarding: regardingOf(visit.language, item),
    }));
    const model = { ...this.#words(visit, sentenceOf), kinds, chosen: kind, next };
    return visit.page(kind === undefined ? 'learner/record.njk' : 'learner/record-kind.njk', { ...model, items: shown });
  }

  @Get('seen')
  async seen(@VisitOf() visit: Visit, @Query() { item, cursor }: Readonly<Record<string, string>>): Promise<string> {
    const agency = textOf(openedIn(visit, item)['agency']) || undefined;
    const sentenceOf = await sentencesFor(visit, this.#agreements);
    const search = { limit: SEARCHED, cursor, recipient: agency, own: 'false' };
    const { decisions, next } = await visit.ask<Seen>('/v1/me/seen', { search });
    const sharing = await sharingOf(visit);
    const { knownTo } = sharing;
    const looks = looksIn(decisions, visit, { sentenceOf, agreedOn: agreedOn(sharing) });
    const agencies = [...new Set([...knownTo.map((one) => one.agency), ...looks.flatMap((look) => look.agency ?? [])])].sort();
    const isWhole = agency === undefined && cursor === undefined;
    const circle = isWhole && knownTo.length > 0 ? circleOf(visit, knownTo) : undefined;
    return visit.page('learner/seen.njk', { ...wordsFor(visit, sentenceOf), looks, next, agencies, chosen: agency, circle, knownTo });
  }

  @Get('people')
  async people(@VisitOf() visit: Visit): Promise<string> {
    const { rows } = await visit.ask<Rows<unknown>>('/v1/me/people');
    return visit.page('learner/people.njk', { ...wordsFor(visit, () => undefined), rows });
  }

  /** Programmes, reviews, achievements: made to be printed. */
  @Get('plan')
  async plan(@VisitOf() visit: Visit): Promise<string> {
    const plan = await visit.ask<Readonly<Record<string, unknown>>>('/v1/me/plan');
    return visit.page('learner/plan.njk', { ...wordsFor(visit, () => undefined), ...plan });
  }

  #words(visit: Visit, sentenceOf: SentenceOf): Readonly<Record<string, unknown>> {
    const { person } = visit;
    return wordsFor({ person, ...ownWording(visit, this.#signatories.agencyOf(person)) }, sentenceOf);
  }
}

/** Whoever knows something still is drawn as knowing it; what it was told to stop is in the list below. */
const circleOf = ({ language, nameOf }: Visit, known: readonly KnownTo[]): Picture =>
  learnersCircle(
    'circle',
    known.map(({ agency, knows, stopped }) => ({
      agency: nameOf(agency),
      kinds: (knows.length > 0 ? knows : stopped).map((category) => kindName(language, category)),
      state: knows.length > 0 ? 'knows' : 'told-to-stop',
    })),
    language,
  );

/** What a complaint about an item says that it is about, in the learner's language. */
const regardingOf = (language: Language, { category, on }: OwnItem): string =>
  [kindName(language, category), ...(on === undefined ? [] : [dayText(on, language)])].join(', ');
