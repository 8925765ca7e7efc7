// Which items of a learner's file an answer may hold, and why: the gate's pure part.
import { type Agency, takesPart } from '#agencies';
import { type Instant, londonDate, type Revision } from '#kernel';
import { type FileCircumstances, type FileStanding, type LearnerFile, standingIn } from '#learner-file';
import type { LinkAdvisers, MergedIdentity } from '#learners';
import { hasContributed, type RecordItem, recordItems } from '#learner-record';
import {
  type Basis,
  decideDisclosure,
  type DisclosureDecision,
  type Fields,
  MERGED_IDENTITY,
  type Permit,
  type Question,
  relationshipBit,
  type Route,
} from '#sharing-protocols';
import { MERGED_IDENTITY_REVISION } from './answer.ts';
import { type AnswerPage, behind, isFirst, type PagePlace, placeOf } from './answer-page.ts';
import type { DisclosureDecided, PermittedItems, RefusedItems } from './decision-record.ts';
import type { InForce } from './in-force.ts';

/** One learner's file at one moment, with all that it counts by. */
export interface LearnerAtMoment {
  readonly file: LearnerFile;
  /** Of the learner's stream, as the file stands. */
  readonly revision: Revision;
  readonly inForce: InForce;
  readonly linkAdvisers: LinkAdvisers;
  readonly at: Instant;
}

/** One agency before it. */
export interface Standing extends LearnerAtMoment {
  readonly agency: Agency;
}

const circumstancesIn = ({ inForce, linkAdvisers, at }: LearnerAtMoment): FileCircumstances => ({
  now: at,
  today: londonDate(at),
  areas: inForce.register,
  linkAdvisers,
});

/** The learner's file as it counts at that moment, whoever asks. */
export const knownIn = (moment: LearnerAtMoment): FileStanding => standingIn(moment.file, circumstancesIn(moment));

export interface PermittedItem {
  readonly item: RecordItem;
  readonly permit: Permit;
}

export interface DecidedAnswer {
  /** Whether the agency has to do with the learner at all. */
  readonly related: boolean;
  readonly permitted: readonly PermittedItem[];
  readonly refused: readonly { readonly item: RecordItem; readonly decision: Extract<DisclosureDecision, { permit: false }> }[];
  /** Behind which a further page begins, where there is one. */
  readonly next?: PagePlace;
}

export interface Asked {
  /** `any`: whichever permits most, as a feed asks. */
  readonly purposes: readonly string[] | 'any';
  readonly route: Route;
  readonly wants: (item: RecordItem) => boolean;
  readonly page: AnswerPage;
}

/** Whether the agency contributed anything: then it always sees that, and knows the learner. */
export const contributedTo = ({ file, agency }: Standing): boolean => hasContributed(file.record, agency.slug);

/** The broker's one identity of the learner, where anything of it counts; it stands before all items. */
const MERGED: RecordItem = {
  type: MERGED_IDENTITY,
  category: 'identity',
  source: '',
  facts: {},
  revision: MERGED_IDENTITY_REVISION,
  at: 0,
  apart: false,
};

const SERVICES: readonly string[] = ['yot', 'custody', 'social-services'];
const ADVISER_FOR = relationshipBit('adviser-for');

/** What such services stated is told to themselves, and to the careers service that advises the learner. */
const toldOfServices = ({ roles }: Agency, relationships: number): boolean =>
  roles.some((role) => SERVICES.includes(role)) || (roles.includes('connexions') && (relationships & ADVISER_FOR) !== 0);

/** As this agency may be told it. */
export const identityFor = (standing: Standing): MergedIdentity => {
  const known = knownIn(standing);
  return known.identity(toldOfServices(standing.agency, known.relationshipsOf(standing.agency.slug).counting));
};

/** In the order of the page; the identity comes first, with the first page. */
const itemsFor = (standing: Standing, { page }: Asked): readonly (readonly [RecordItem, PagePlace])[] => {
  const { slug } = standing.agency;
  const items = behind(recordItems(knownIn(standing).items, slug), page, slug);
  return isFirst(page) && identityFor(standing).size > 0 ? [[MERGED, placeOf(MERGED, page, slug)], ...items] : items;
};

/** To whom takes no part nothing is shown, its own included. */
const NOT_TAKING_PART: DisclosureDecision = { permit: false, reasons: [{ lacks: 'not-taking-part' }] };

/**
 * Decides item by item, in the order of the page. There is a further page where one more is permitted:
 * for what is hidden it would tell that it exists.
 */
export const decideAnswer = (standing: Standing, asked: Asked): DecidedAnswer => {
  const known = knownIn(standing);
  const { slug } = standing.agency;
  const related = known.isRelated(slug);
  const shown = takesPart(standing.agency);
  const question = questionAbout(standing, asked);
  const permitted: PermittedItem[] = [];
  const refused: DecidedAnswer['refused'][number][] = [];
  let last: PagePlace | undefined;
  for (const [item, place] of itemsFor(standing, asked)) {
    if (!asked.wants(item)) continue;
    const decision = shown
      ? decideDisclosure(standing.inForce.decisions, { ...question, item, relationships: known.bitsFor(slug, item) })
      : NOT_TAKING_PART;
    if (!decision.permit) refused.push({ item, decision });
    else if (permitted.length === asked.page.limit) return { related, permitted, refused, ...(last && { next: last }) };
    else {
      permitted.push({ item, permit: decision });
      last = place;
    }
  }
  return { related, permitted, refused };
};

/** Who has nothing to do with the learner, or takes no part, is told of nobody; who contributed gets an answer, if an empty one. */
export const outcomeOf = (standing: Standing, { related, permitted }: DecidedAnswer): DisclosureDecided['outcome'] => {
  const contributed = contributedTo(standing);
  if (!takesPart(standing.agency) || (!related && !contributed)) return 'not-known';
  return permitted.length > 0 || contributed ? 'answered' : 'not-permitted';
};

const questionAbout = (standing: Standing, asked: Asked): Omit<Question, 'item' | 'relationships'> => {
  const { agency, at } = standing;
  const known = knownIn(standing);
  return {
    recipient: agency.slug,
    purposes: asked.purposes,
    route: asked.route,
    learner: known.terms,
    today: londonDate(at),
    referred: known.referredBy(agency.slug),
  };
};

/** `6(1)(e), 9(2)(a)` as the sharing matrix writes it. */
export const basisText = ({ article6, article9, article10 }: Basis): string =>
  [
    article6 === 'none' ? 'not personal' : `6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`9(2)(${article9})`]),
    ...(article10 === undefined ? [] : ['Art 10']),
  ].join(', ');

export const basisOf = (permit: Permit): string => (permit.clause === 'own' ? 'own' : basisText(permit.basis));

/** Items on the same ground together, so that the event grows with grounds and not with fields. */
export const groupPermitted = (permitted: readonly PermittedItem[]): readonly PermittedItems[] => {
  const groups = new Map<string, PermittedItems & { items: Revision[] }>();
  for (const { item, permit } of permitted) {
    const key = groundKey(permit);
    const group = groups.get(key);
    if (group) group.items.push(item.revision);
    else groups.set(key, { ...groundOf(permit), items: [item.revision] });
  }
  return [...groups.values()];
};

const fieldsTexts = new WeakMap<Fields, string>();

/** Fields belong to the compiled table: one object for all items shown alike. */
export const fieldsText = (fields: Fields): string => {
  const known = fieldsTexts.get(fields);
  if (known !== undefined) return known;
  const text = JSON.stringify(fields);
  fieldsTexts.set(fields, text);
  return text;
};

/** No part but the id of a consent holds a line break, and that comes last. */
const groundKey = ({ clause, level, purpose = '', consent, fields }: Permit): string =>
  `${clause}\n${level}\n${purpose}\n${fieldsText(fields)}\n${consent?.revision ?? ''}\n${consent?.id ?? ''}`;

const groundOf = (permit: Permit): Omit<PermittedItems, 'items'> => ({
  clause: permit.clause,
  level: permit.level,
  basis: basisOf(permit),
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
  ...(permit.consent === undefined ? {} : { consent: permit.consent }),
  ...(permit.fields.only === undefined ? {} : { fields: permit.fields.only }),
});

export const groupRefused = (refused: DecidedAnswer['refused']): readonly RefusedItems[] => {
  const groups = new Map<string, RefusedItems & { items: Revision[] }>();
  for (const { item, decision } of refused) {
    const [reason] = decision.reasons;
    const ground = { lacks: reason?.lacks ?? ('no-clause' as const), ...(reason?.clause === undefined ? {} : { clause: reason.clause }) };
    const key = JSON.stringify(ground);
    const group = groups.get(key);
    if (group) group.items.push(item.revision);
    else groups.set(key, { ...ground, items: [item.revision] });
  }
  return [...groups.values()];
};
