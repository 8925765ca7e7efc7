// The first page of staff: what is overdue, what this week brings, what is new; and the way to a learner by an id of one's own.
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { EventForms } from '../entry/event-forms.ts';
import { textOf } from '../shell/form.ts';
import { dutiesByAge } from '../pictures/duties-by-age.ts';
import { figureOf } from '../pictures/picture.ts';
import type { StaffMember } from '../shell/person.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { actingOf } from './acting.ts';
import { agesIn, dayAfter, type Found, homeIn } from './home.ts';
import { learnerIn } from './list-rows.ts';
import { ListShowing } from './list-showing.ts';
import { choosingFor } from './purposes.ts';

const ADVISERS: readonly string[] = ['personal-adviser', 'link-adviser', 'dedicated-adviser'];
const MOST = 200;
const FEW = 10;
const WEEK = 7;
/** Of what the page is made. */
const [OF_ADVISERS, OF_AGENCY] = [['caseload'], ['duties', 'referrals', 'on-programme']];

@Controller('staff')
export class HomeController {
  readonly #lists: ListShowing;
  readonly #forms: EventForms;

  constructor(@Inject(ListShowing) lists: ListShowing, @Inject(EventForms) forms: EventForms) {
    this.#lists = lists;
    this.#forms = forms;
  }

  @Get()
  async home(@VisitOf() visit: Visit): Promise<string | undefined> {
    if (visit.purposes.length === 0) {
      visit.goTo(choosingFor('/staff'));
      return undefined;
    }
    const acting = await actingOf(visit, this.#forms);
    const { on } = acting;
    const person = visit.person as StaffMember;
    const isAdviser = person.roles.some((role) => ADVISERS.includes(role));
    const found = isAdviser ? await this.#ofAdviser(visit, person) : await this.#ofAgency(visit, on);
    const learners = (found['on-programme'] ?? []).flatMap((row) => learnerIn(row) ?? []);
    const home = homeIn(found, acting);
    const ages = agesIn(home);
    return visit.page('staff/home.njk', {
      ...home,
      ...{ learners, isAdviser, on, asOf: Date.now(), leftOut: await this.#lists.leftOut(visit, isAdviser ? OF_ADVISERS : OF_AGENCY) },
      ...(home.overdue.length > 0 && { figure: figureOf(dutiesByAge('duties', ages)) }),
    });
  }

  /** Only whom this adviser advises, as the assignments name the adviser. */
  async #ofAdviser(visit: Visit, { name, staff }: StaffMember): Promise<Found> {
    return { caseload: await this.#lists.rows(visit, 'caseload', { adviser: name === '' ? staff : name, limit: MOST }) };
  }

  async #ofAgency(visit: Visit, on: string): Promise<Found> {
    const due = { bearer: 'me', limit: MOST };
    const [overdue, open, received, running] = [
      await this.#lists.rows(visit, 'duties', { ...due, state: 'overdue' }),
      await this.#lists.rows(visit, 'duties', { ...due, state: 'open', 'due-before': dayAfter(on, WEEK + 1) }),
      await this.#lists.rows(visit, 'referrals', { direction: 'received', state: 'waiting', limit: MOST }),
      await this.#lists.rows(visit, 'on-programme', { limit: FEW }),
    ];
    return { duties: [...overdue, ...open], referrals: received, 'on-programme': running };
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
