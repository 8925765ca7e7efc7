// The shipped protocols among a partnership as large as the reports' (tests only). Read as plain YAML, past this library's own parser.
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import type { Category } from '#catalogue';
import type { ProtocolDocument } from '../language.ts';
import type { TableAgency } from '../decision-table.ts';
import type { Vocabulary, World } from './worlds.ts';

const FOLDER = new URL('../../../protocols/', import.meta.url);
const VERSION = '1.yaml';

const holdsProtocol = (folder: string): boolean => readdirSync(new URL(`${folder}/`, FOLDER)).includes(VERSION);

const shippedDocuments = (): readonly ProtocolDocument[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && holdsProtocol(entry.name))
    .map(({ name }) => parse(readFileSync(new URL(`${name}/${VERSION}`, FOLDER), 'utf8')) as ProtocolDocument);

/** The last two hold two roles each: a funder with its own training arm, a council that runs the careers service. */
const AGENCIES: readonly TableAgency[] = [
  { slug: 'connexions-north', roles: ['connexions'] },
  { slug: 'black-country-training', roles: ['provider'] },
  { slug: 'heath-town-skills', roles: ['provider'] },
  { slug: 'st-chads-school', roles: ['school'] },
  { slug: 'wulfrun-college', roles: ['college'] },
  { slug: 'city-yot', roles: ['yot'] },
  { slug: 'jobcentre-wv', roles: ['jobcentre'] },
  { slug: 'ebp-black-country', roles: ['ebp'] },
  { slug: 'castings-ltd', roles: ['employer'] },
  { slug: 'childrens-services', roles: ['social-services'] },
  { slug: 'learning-partnership-wv', roles: ['learning-partnership'] },
  { slug: 'brinsford', roles: ['custody'] },
  { slug: 'lsc-black-country', roles: ['funder', 'provider'] },
  { slug: 'wolverhampton-council', roles: ['local-authority', 'connexions'] },
];

const SLUGS = AGENCIES.map(({ slug }) => slug);

type Item = Vocabulary['items'][number];

const item = (type: string, category: Category, facts: Item['facts'] = {}): Item => ({ type, category, facts });

const ITEMS: readonly Item[] = [
  item('learner.registered', 'identity'),
  item('learner.identity', 'identity'),
  item('learner.adviser-assigned', 'adviser', { role: ['personal-adviser', 'key-worker'] }),
  item('consent.given', 'consent'),
  item('referral.made', 'referral', { to: SLUGS, route: ['connexions', 'yot'] }),
  item('assessment.recorded', 'assessment', { framework: ['initial', 'screening', 'learning-style', 'vocational'] }),
  item('assessment.recorded', 'apir', { framework: ['apir'] }),
  item('assessment.recorded', 'risk-of-failing', { framework: ['risk-of-failing'] }),
  item('assessment.recorded', 'risk-of-reoffending', { framework: ['risk-of-reoffending'] }),
  item('endorsement.given', 'endorsement'),
  item('circumstance.noted', 'circumstance', { kind: ['housing', 'caring'] }),
  item('circumstance.noted', 'circumstance-special', { kind: ['health'] }),
  item('offence.noted', 'offence'),
  item('release.planned', 'offence'),
  item('quota.agreed', 'quota'),
  item('referral.accepted', 'referral'),
  item('programme.started', 'programme', { kind: ['e2e', 'school-course'], fundedBy: SLUGS }),
  item('review.held', 'review'),
  item('attendance.concern', 'attendance'),
  item('placement.sought', 'placement'),
  item('achievement.recorded', 'achievement'),
  item('programme.left-early', 'leaving', { reason: ['personal'], fundedBy: SLUGS }),
  item('programme.moved-on', 'leaving', { destination: ['310'] }),
  item('offer.made', 'offer'),
  item('application.submitted', 'application'),
  item('destination.recorded', 'destination', { activity: ['330', '310'] }),
  item('intention.recorded', 'intention'),
  item('feedback.given', 'feedback', { about: SLUGS }),
  item('labour-need.published', 'planning'),
  item('quality.finding-recorded', 'quality', { agency: SLUGS }),
  item('workplace.risk-assessed', 'placement'),
  item('vacancy.listed', 'vacancy', { confidentialTo: SLUGS }),
  item('disclosure.decided', 'consent'),
];

/** Every agency a party of every protocol of which one of its roles can be. */
export const shippedWorld = (): World => ({
  inForce: shippedDocuments().map((document) => ({ document, parties: SLUGS })),
  agencies: AGENCIES,
});

export const shippedVocabulary = (): Vocabulary => {
  const documents = shippedDocuments();
  return {
    items: ITEMS,
    purposes: [...new Set(documents.flatMap(({ purposes }) => purposes.map(({ id }) => id)))],
    protocols: documents.map(({ id }) => id),
  };
};
