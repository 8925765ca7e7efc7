// The first page of staff: what is overdue, what this week brings, what is new; and the way to a learner by an id of one's own.
import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { EventForms } from '../entry/event-forms.ts';
import { textOf } from '../shell/form.ts';
import { dutiesByAge } from '../pictures/duties-by-age.ts';
import { figureOf } from '../pictures/picture.ts';
import type { StaffMember } from '../shell/person.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { actingOf } from './acting.ts';
import { agesIn, dayAfter, type Found, type Further, homeIn, isNothing, homeParts } from './home.ts';
import { insteadOfHome } from './list-audience.ts';
import { learnerIn } from './list-rows.ts';
import { pathOfList } from './list-pages.ts';
import { type FirstRows, ListShowing } from './list-showing.ts';
import { choosingFor } from './purposes.ts';

const ADVISERS: readonly string[] = ['personal-adviser', 'link-adviser', 'dedicated-adviser'];
/** Of a list, as many as its own page shows at once, which shows the rest, too: each is a look at a learner. */
const MOST = 50;
const FEW = 10;
const WEEK = 7;
/** After so many days without an answer a referral lapses. */
const ANSWERED_WITHIN = 180;
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
    const instead = elsewhere(visit);
    if (instead !== undefined) {
      visit.goTo(instead);
      return undefined;
    }
    const acting = await actingOf(visit, this.#forms);
    const { on } = acting;
    const person = visit.person as StaffMember;
    const isAdviser = person.roles.some((role) => ADVISERS.includes(role));
    const { found, further } = isAdviser ? await this.#ofAdviser(visit, person) : await this.#ofAgency(visit, on);
    const learners = (found['on-programme'] ?? []).flatMap((row) => learnerIn(row) ?? []);
    const home = homeIn(found, acting);
    const ages = agesIn(home);
    return visit.page('staff/home.njk', {
      ...{ parts: homeParts(home, further), isEmpty: isNothing(home), inWeek: home.week.length, isOverdue: home.overdue.length > 0 },
      ...{ learners, isAdviser, on, asOf: Date.now(), leftOut: await this.#lists.leftOut(visit, isAdviser ? OF_ADVISERS : OF_AGENCY) },
      ...(home.overdue.length > 0 && {
        figure: figureOf(dutiesByAge('duties', ages, { isPart: further.overdue !== undefined || further.week !== undefined })),
      }),
    });
  }

  /** Only whom this adviser advises, as the assignments name the adviser. */
  async #ofAdviser(visit: Visit, { name, staff }: StaffMember): Promise<Gathered> {
    const adviser = name === '' ? staff : name;
    const { rows: caseload, goesOn } = await this.#lists.first(visit, 'caseload', { adviser, limit: MOST });
    const rest = goesOn ? hrefOf(visit, 'caseload', { adviser }) : undefined;
    return { found: { caseload }, further: { overdue: rest, week: rest, fresh: rest } };
  }

  async #ofAgency(visit: Visit, on: string): Promise<Gathered> {
    const asked = {
      overdue: ['duties', { bearer: 'me', state: 'overdue' }],
      week: ['duties', { bearer: 'me', state: 'open', 'due-before': dayAfter(on, WEEK + 1) }],
      fresh: ['referrals', { direction: 'received', state: 'waiting' }],
      declined: ['referrals', { direction: 'made', state: 'declined', 'made-from': dayAfter(on, -ANSWERED_WITHIN) }],
    } as const;
    const first = (part: keyof typeof asked): Promise<FirstRows> =>
      this.#lists.first(visit, asked[part][0], { ...asked[part][1], limit: MOST });
    const [overdue, week, fresh, declined] = [await first('overdue'), await first('week'), await first('fresh'), await first('declined')];
    const { rows: running } = await this.#lists.first(visit, 'on-programme', { limit: FEW });
    const rest = (part: keyof typeof asked, { goesOn }: FirstRows): string | undefined =>
      goesOn ? hrefOf(visit, asked[part][0], asked[part][1]) : undefined;
    return {
      found: { duties: [...overdue.rows, ...week.rows], referrals: [...fresh.rows, ...declined.rows], 'on-programme': running },
      further: { overdue: rest('overdue', overdue), week: rest('week', week), fresh: rest('fresh', fresh) ?? rest('declined', declined) },
    };
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

const elsewhere = (visit: Visit): string | undefined =>
  insteadOfHome(visit.person) ?? (visit.purposes.length === 0 ? choosingFor('/staff') : undefined);

interface Gathered {
  readonly found: Found;
  readonly further: Further;
}

const hrefOf = (visit: Visit, list: string, chosen: Readonly<Record<string, string>>): string =>
  `${pathOfList(list, visit.person)}?${new URLSearchParams(chosen).toString()}`;
