// "What could this agency see of this learner on that day, for that purpose?" (console.md, /dpo/as-of).
import { Controller, Get, Inject, NotFoundException, Query } from '@nestjs/common';
import { Agreements } from '../broker/agreements.ts';
import { dayOf, textOf } from '../shell/form.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Agencies, AsOf } from './audit-answers.ts';
import { compared } from './compared.ts';
import { hrefOfConsent, hrefOfLearner } from './found.ts';
import { ownAgencyOf } from './own-agency.ts';
import { sayFor } from './say.ts';
import type { Search } from './search.ts';

interface Asked {
  readonly learner: string;
  readonly agency: string;
  readonly purpose: string;
  readonly day: string | undefined;
}

@Controller('dpo/as-of')
export class AsOfController {
  readonly #agreements: Agreements;

  constructor(@Inject(Agreements) agreements: Agreements) {
    this.#agreements = agreements;
  }

  @Get()
  async asOf(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const { learner = '', purpose = '' } = search;
    if (learner === '') throw new NotFoundException();
    const purposes = await this.#agreements.purposes((path) => visit.ask(path));
    const own = ownAgencyOf(visit);
    const agencies = own === undefined ? (await visit.ask<Agencies>('/v1/agencies')).agencies : [];
    const asked = { learner, agency: slugIn(agencies, textOf(search['agency'])), purpose, day: dayOf(search, 'day') };
    const hrefOf = (consent: string): string => hrefOfConsent(learner, consent);
    const form = { search, asked, agencies, purposes, own, learnerHref: hrefOfLearner(learner), hrefOf, say: sayFor(visit) };
    if (search['purpose'] === undefined) return visit.page('officer/as-of.njk', { ...form, errors: {} });
    const errors = errorsIn(asked, own);
    if (Object.keys(errors).length > 0) return visit.page('officer/as-of.njk', { ...form, errors });
    return visit.page('officer/as-of.njk', { ...form, errors, ...(await answered(visit, asked, search['compare'] === 'today')) });
  }
}

/** By the name or the short name; of who takes part no longer, and took part on that day, the short name alone. */
const slugIn = (agencies: Agencies['agencies'], entered: string): string => {
  const text = entered.trim();
  return agencies.find(({ name }) => name.toLowerCase() === text.toLowerCase())?.slug ?? text;
};

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

const errorsIn = ({ agency, purpose, day }: Asked, own: string | undefined): Readonly<Record<string, string>> => ({
  ...(own === undefined && !SLUG.test(agency) && { agency: 'Enter the agency, such as Heath Town Skills' }),
  ...(purpose === '' && { purpose: 'Choose what for' }),
  ...((day === undefined || day > today()) && { day: 'Enter a day that has begun, such as 3 9 2026' }),
});

const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());

const answered = async (visit: Visit, { learner, agency, purpose, day }: Asked, withToday: boolean): Promise<object> => {
  const ask = async (on: string | undefined): Promise<AsOf> => {
    const search = { learner, purpose, day: on, ...(agency !== '' && { agency }) };
    const told = await visit.askIfAny<AsOf>('/v1/audit/as-of', { search });
    if (told === undefined) throw new NotFoundException();
    return told;
  };
  const then = await ask(day);
  return { then, ...(withToday && { changes: compared(then, await ask(today())) }) };
};
