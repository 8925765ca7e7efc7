// The pages on which a learner enters something; where something is amiss they come again, with it and with what was entered
// (console.md, 4.4 and 8).
import { NotFoundException } from '@nestjs/common';
import type { Agreements } from '../broker/agreements.ts';
import { type Entered, listOf, textOf } from '../shell/form.ts';
import type { Visit } from '../shell/visit.ts';
import type { Act } from './acts.ts';
import { sentencesFor, wordsFor } from './learner-page.ts';
import { agenciesIn, type OwnRecord, type Rows, sharingOf } from './own-answers.ts';
import type { WordKey } from './words.ts';

export interface FormParts {
  readonly visit: Visit;
  readonly agreements: Agreements;
  /** Slug of the agency whose page this is. */
  readonly page: string | undefined;
}

type Model = Readonly<Record<string, unknown>>;
type Form = readonly [template: string, modelOf: (parts: FormParts, entered: Entered) => Promise<Model>];

/** Whom the learner may write to. */
const whom = async ({ visit, page = '' }: FormParts): Promise<Model> => {
  const record = await visit.ask<OwnRecord>('/v1/me/record', { search: { limit: 1 } });
  return { agencies: agenciesIn(record, await sharingOf(visit), page) };
};

const written =
  (act: 'ask' | 'complain'): Form[1] =>
  async (parts) => ({ act, ...(await whom(parts)) });

const said: Form[1] = async (parts) => {
  const { rows } = await parts.visit.ask<Rows<unknown>>('/v1/me/voice');
  return { rows, ...(await whom(parts)) };
};

const objection: Form[1] = async ({ visit }, entered) => {
  const [about, purpose] = [textOf(entered['about']), textOf(entered['purpose'])];
  const { goesOn } = await sharingOf(visit);
  const grounds = goesOn.filter((one) => one.objectable && one.agency === about && one.purpose === purpose);
  if (grounds.length === 0) throw new NotFoundException();
  return { about, purpose, kindsOf: [...new Set(grounds.flatMap(({ categories }) => categories))].sort() };
};

const lessOf: Form[1] = async ({ visit }, entered) => {
  const { consents } = await sharingOf(visit);
  const consent = consents.find(({ consentId, source }) => consentId === textOf(entered['consent']) && source === textOf(entered['of']));
  if (consent === undefined) throw new NotFoundException();
  return { consent };
};

const requested: Form[1] = async ({ visit }, entered) => {
  const { requests } = await sharingOf(visit);
  const request = requests.find(({ id }) => id === textOf(entered['request']));
  if (request === undefined) throw new NotFoundException();
  return { request };
};

const FORMS = {
  ask: ['learner/write.njk', written('ask')],
  complain: ['learner/write.njk', written('complain')],
  say: ['learner/voice.njk', said],
  object: ['learner/object.njk', objection],
  less: ['learner/less.njk', lessOf],
  yes: ['learner/request.njk', requested],
  no: ['learner/request.njk', requested],
} as const satisfies Partial<Readonly<Record<Act, Form>>>;

export type FormAct = keyof typeof FORMS;

export const hasForm = (act: Act): act is FormAct => act in FORMS;

/** Where on the page it is to be put right. */
const PLACES: Readonly<Partial<Record<WordKey, string>>> = {
  'form.needWho': 'about',
  'form.needTheme': 'theme',
  'form.needText': 'text',
  'form.needTick': 'kind-1',
  'less.badDay': 'until-day',
  'less.later': 'until-day',
};

export const formPage = async (parts: FormParts, act: FormAct, entered: Entered, fault?: WordKey): Promise<string> => {
  const { visit, agreements } = parts;
  const [template, modelOf] = FORMS[act];
  const words = wordsFor(visit, await sentencesFor(visit, agreements));
  const ticked = [...listOf(entered['kind']), ...listOf(entered['party'])];
  const amiss = fault === undefined ? {} : { fault, place: PLACES[fault] ?? 'main-content' };
  return visit.page(template, { ...words, ...(await modelOf(parts, entered)), entered, ticked, ...amiss });
};
