// The first page of staff: what is overdue, what this week brings, what is new; and the way to a learner by an id of one's own.
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { BrokerProblem } from '../broker/broker-client.ts';
import { ListDescriptions } from '../broker/list-descriptions.ts';
import { textOf } from '../shell/form.ts';
import type { StaffMember } from '../shell/person.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { dayAfter, type Found, homeIn } from './home.ts';
import { learnerIn, type Row } from './list-rows.ts';
import { choosingFor, purposesFor } from './purposes.ts';

const ADVISERS: readonly string[] = ['personal-adviser', 'link-adviser', 'dedicated-adviser'];
const MOST = 200;
const FEW = 10;
const WEEK = 7;

const londonDay = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());

@Controller('staff')
export class HomeController {
  readonly #descriptions: ListDescriptions;

  constructor(@Inject(ListDescriptions) descriptions: ListDescriptions) {
    this.#descriptions = descriptions;
  }

  @Get()
  async home(@VisitOf() visit: Visit): Promise<string | undefined> {
    if (visit.purposes.length === 0) {
      visit.goTo(choosingFor('/staff'));
      return undefined;
    }
    const on = londonDay();
    const person = visit.person as StaffMember;
    const isAdviser = person.roles.some((role) => ADVISERS.includes(role));
    const found = isAdviser ? await this.#ofAdviser(visit, person) : await this.#ofAgency(visit, on);
    const learners = (found['on-programme'] ?? []).flatMap((row) => learnerIn(row) ?? []);
    return visit.page('staff/home.njk', { ...homeIn(found, { on, by: person.name }), learners, isAdviser, on });
  }

  /** Only whom this adviser advises, as the assignments name the adviser. */
  async #ofAdviser(visit: Visit, { name, staff }: StaffMember): Promise<Found> {
    return { caseload: await this.#rows(visit, 'caseload', { adviser: name === '' ? staff : name, limit: MOST }) };
  }

  async #ofAgency(visit: Visit, on: string): Promise<Found> {
    const due = { bearer: 'me', limit: MOST };
    const [overdue, open, received, running] = [
      await this.#rows(visit, 'duties', { ...due, state: 'overdue' }),
      await this.#rows(visit, 'duties', { ...due, state: 'open', 'due-before': dayAfter(on, WEEK + 1) }),
      await this.#rows(visit, 'referrals', { direction: 'received', state: 'waiting', limit: MOST }),
      await this.#rows(visit, 'on-programme', { limit: FEW }),
    ];
    return { duties: [...overdue, ...open], referrals: received, 'on-programme': running };
  }

  /** None where the list is not for this agency, or for other work than the person's. */
  async #rows(visit: Visit, name: string, search: Readonly<Record<string, string | number>>): Promise<readonly Row[]> {
    const list = await this.#descriptions.named(name, (path) => visit.ask(path));
    const purposes = list ? purposesFor(visit.purposes, list) : [];
    if (list === undefined || purposes.length === 0) return [];
    try {
      return (await visit.ask<{ readonly rows: readonly Row[] }>(list.path, { search, purposes })).rows;
    } catch (error) {
      if (error instanceof BrokerProblem && error.status === 403) return [];
      throw error;
    }
  }

  /** So that no number stands in an address: the broker's own name for the learner takes its place. */
  @Post('find')
  async find(@VisitOf() visit: Visit, @Body() body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const entered = textOf(body['learner']);
    if (entered === '') return visit.page('staff/find.njk', { error: 'Enter your own id for the learner, or a ULN' });
    const ref = /^\d{10}$/.test(entered) ? `uln:${entered}` : `local:${entered}`;
    const found = await visit.askIfAny<{ readonly learner: string }>('/v1/learners/lookup', { method: 'POST', body: { ref } });
    if (found === undefined)
      return visit.page('staff/find.njk', { error: 'There is no such learner, or none whom you may know of', entered });
    visit.goTo(`/staff/learners/${encodeURIComponent(found.learner)}`);
    return undefined;
  }
}
