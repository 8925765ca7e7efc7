// Staff without a management system of their own enter events here (views.md, N12): form, check, signed by the key that their agency
// registered for the console, and what came of it. What was entered is kept until it is taken.
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type AgencyEvent, type EventToSend, type Receipt, toEvent } from '#client';
import { expectAsShown, NotAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import type { StaffMember } from '../shell/person.ts';
import { meetsNoLearner } from '../shell/areas.ts';
import { Signatories } from '../shell/signatories.ts';
import { tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { asReference, isReference, staffOf } from './entering.ts';
import { calledLately } from './called.ts';
import { EventForms, type EventForm } from './event-forms.ts';
import { dataOf, enteredText, type Fault, writtenIn } from './form-fields.ts';
import { knownBefore } from './known-before.ts';
import { isLong, nameOf, type Question, questionAt, questionsOf, withAnswer } from './questions.ts';
import { wordsOf } from './receipt-words.ts';
import { OF, ownersToChoose } from './whose.ts';

interface Draft {
  readonly learner: string;
  readonly entered: Entered;
  /** Of what was entered, as are the two below: what is sent twice is recorded once. */
  readonly id: string;
  readonly ownId: string;
  readonly time: string;
}

@Controller('staff/enter')
export class EnterController {
  readonly #forms: EventForms;
  readonly #signatories: Signatories;

  constructor(@Inject(EventForms) forms: EventForms, @Inject(Signatories) signatories: Signatories) {
    this.#forms = forms;
    this.#signatories = signatories;
  }

  @Get()
  async types(@VisitOf() visit: Visit): Promise<string> {
    const { agency } = staffOf(visit);
    const forms = await this.#forms.forAgency((path) => visit.ask(path), agency);
    const begins = Object.fromEntries(forms.map((form) => [form.type, `/staff/enter/${form.type}${isLong(form) ? '?ask=1' : ''}`]));
    return visit.page('entry/types.njk', { forms, begins, signs: this.#signatories.agencyOf(visit.person) !== undefined });
  }

  @Get(':type')
  async form(@VisitOf() visit: Visit, @Param('type') type: string, @Query('ask') ask?: string): Promise<string> {
    const form = await this.#known(visit, type);
    const shown = { draft: draftOf(visit, type), faults: [] };
    const question = questionAt(form, ask);
    return question === undefined ? formPage(visit, form, shown) : questionPage(visit, form, { ...shown, question, ask: Number(ask) });
  }

  /** From the line of a list or a record: what is known already is entered, and stands in no address. */
  @Post(':type/begin')
  async begin(@VisitOf() visit: Visit, @Param('type') type: string, @Body() body: Entered): Promise<void> {
    const form = await this.#known(visit, type);
    visit.keepDraft(`enter ${type}`, { ...draftFrom(form, body) });
    visit.goTo(`/staff/enter/${type}`);
  }

  @Post(':type')
  async entered(@VisitOf() visit: Visit, @Param('type') type: string, @Body() body: Entered): Promise<string | undefined> {
    const form = await this.#known(visit, type);
    const question = questionAt(form, textOf(body['ask']));
    if (question !== undefined) return answered(visit, form, { question, body });
    const draft = draftFrom(form, body);
    visit.keepDraft(`enter ${type}`, { ...draft });
    const faults = [...learnerFaults(form, draft), ...dataOf(form.fields, draft.entered).faults];
    if (faults.length > 0) return formPage(visit, form, { draft, faults });
    visit.goTo(`/staff/enter/${type}/check`);
    return undefined;
  }

  @Get(':type/check')
  async check(@VisitOf() visit: Visit, @Param('type') type: string): Promise<string | undefined> {
    const form = await this.#known(visit, type);
    const draft = draftOf(visit, type);
    if (draft === undefined) return begunAnew(visit, type);
    const { data } = dataOf(form.fields, draft.entered);
    return visit.page('entry/check.njk', {
      form,
      draft,
      rows: rowsOf(form, draft),
      opensLearners: !meetsNoLearner(visit.person),
      tells: tellsWho(writtenIn(form.fields, draft.entered), calledLately(visit)),
      ...(await knownBefore(visit, { type, learner: draft.learner, data })),
    });
  }

  @Post(':type/send')
  async send(@VisitOf() visit: Visit, @Param('type') type: string, @Body() checked: Entered): Promise<void> {
    const form = await this.#known(visit, type);
    const draft = draftOf(visit, type);
    if (draft === undefined) throw new NotAsShown(`/staff/enter/${type}`);
    expectAsShown(checked, draft.id, `/staff/enter/${type}/check`);
    const [receipt] = await this.#signatories.send(visit, [eventOf(staffOf(visit), form, draft)]);
    visit.keepDraft(`sent ${type}`, { receipt, draft: draft.id });
    if (receipt !== undefined && wordsOf(receipt).done) visit.dropDraft(`enter ${type}`);
    visit.goTo(`/staff/enter/${type}/sent`);
  }

  @Get(':type/sent')
  async sent(@VisitOf() visit: Visit, @Param('type') type: string, @Query('wrong') wrong?: string): Promise<string | undefined> {
    const form = await this.#known(visit, type);
    const receipt = receiptOf(visit, type);
    if (receipt === undefined) return begunAnew(visit, type);
    const [owners, draft] = [ownersToChoose(form, receipt), visit.draft(`sent ${type}`)?.['draft']];
    const opensLearners = !meetsNoLearner(visit.person);
    return visit.page('entry/sent.njk', { form, receipt, words: wordsOf(receipt), owners, draft, opensLearners, wrong: wrong === OF });
  }

  /** Of several agencies that have something by the id that was entered, whose is meant: what is sent then is checked first. */
  @Post(':type/whose')
  async whose(@VisitOf() visit: Visit, @Param('type') type: string, @Body() body: Entered): Promise<void> {
    const form = await this.#known(visit, type);
    const draft = draftOf(visit, type);
    if (draft === undefined) throw new NotAsShown(`/staff/enter/${type}`);
    expectAsShown(body, draft.id, `/staff/enter/${type}/check`);
    const of = textOf(body[OF]);
    if (!ownersToChoose(form, receiptOf(visit, type)).includes(of)) return visit.goTo(`/staff/enter/${type}/sent?wrong=${OF}`);
    visit.keepDraft(`enter ${type}`, { ...draft, entered: { ...draft.entered, [OF]: of }, id: randomUUID() });
    visit.goTo(`/staff/enter/${type}/check`);
  }

  @Get(':type/receipt.json')
  receipt(@VisitOf() visit: Visit, @Param('type') type: string, @Res({ passthrough: true }) reply: FastifyReply): Receipt {
    const receipt = receiptOf(visit, type);
    if (receipt === undefined) throw new NotFoundException();
    void reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="receipt-${receipt.position ?? 'none'}.json"`);
    return receipt;
  }

  /** A type that nobody of the agency may contribute is none. Throws 404. */
  async #known(visit: Visit, type: string): Promise<EventForm> {
    const forms = await this.#forms.forAgency((path) => visit.ask(path), staffOf(visit).agency);
    const form = forms.find((one) => one.type === type);
    if (form === undefined) throw new NotFoundException();
    return form;
  }
}

/** What is entered anew is something else than what was sent before. */
const draftFrom = (form: EventForm, { _csrf, learner, ...entered }: Entered): Draft => ({
  learner: asReference(textOf(learner)),
  entered,
  id: randomUUID(),
  ownId: givenId(form, entered) || `${form.ownId ?? 'event'}-${randomUUID()}`,
  time: new Date().toISOString(),
});

/** From the line of something that is told again, such as a review on another day: it keeps its id. */
const givenId = ({ ownId }: EventForm, entered: Entered): string => (ownId === undefined ? '' : textOf(entered[ownId]));

const draftOf = (visit: Visit, type: string): Draft | undefined => visit.draft(`enter ${type}`) as Draft | undefined;
const receiptOf = (visit: Visit, type: string): Receipt | undefined => visit.draft(`sent ${type}`)?.['receipt'] as Receipt | undefined;

const begunAnew = (visit: Visit, type: string): undefined => {
  visit.goTo(`/staff/enter/${type}`);
  return undefined;
};

const learnerFaults = ({ aboutLearner }: EventForm, { learner }: Draft): readonly Fault[] =>
  aboutLearner && !isReference(learner) ? [{ name: 'learner', says: 'Enter your own id for the learner, or the ten digits of a ULN' }] : [];

interface Shown {
  readonly draft: Draft | undefined;
  readonly faults: readonly Fault[];
}

const shownOf = ({ draft, faults }: Shown): Readonly<Record<string, unknown>> => ({
  entered: draft?.entered ?? {},
  learner: draft?.learner ?? '',
  faults: Object.fromEntries(faults.map(({ name, says }) => [name, says])),
  errorList: faults.map(({ name, says }) => ({ text: says, href: `#${name}` })),
});

const formPage = (visit: Visit, form: EventForm, shown: Shown): string =>
  visit.page('entry/form.njk', { form, ...shownOf(shown), again: givenId(form, shown.draft?.entered ?? {}) });

interface Asked extends Shown {
  readonly question: Question;
  /** Its number. */
  readonly ask: number;
}

const questionPage = (visit: Visit, form: EventForm, { question, ask, ...shown }: Asked): string =>
  visit.page('entry/question.njk', { form, question, ask, many: questionsOf(form).length, ...shownOf(shown) });

/** What is amiss with this answer is said at once; what was passed over is said on the whole form, after the last. */
const answered = (
  visit: Visit,
  form: EventForm,
  { question, body }: { readonly question: Question; readonly body: Entered },
): string | undefined => {
  const { learner = '', entered = {} } = draftOf(visit, form.type) ?? {};
  const draft = draftFrom(form, withAnswer({ learner, ...entered }, question, body));
  visit.keepDraft(`enter ${form.type}`, { ...draft });
  const faults = [...learnerFaults(form, draft), ...dataOf(form.fields, draft.entered).faults];
  const [ask, many] = [Number(textOf(body['ask'])), questionsOf(form).length];
  const own = faults.filter(({ name }) => name === nameOf(question));
  if (own.length > 0) return questionPage(visit, form, { draft, faults: own, question, ask });
  if (ask === many && faults.length > 0) return formPage(visit, form, { draft, faults });
  visit.goTo(ask === many ? `/staff/enter/${form.type}/check` : `/staff/enter/${form.type}?ask=${ask + 1}`);
  return undefined;
};

interface CheckRow {
  readonly label: string;
  readonly value: string;
  readonly isAgency?: boolean;
}

const rowsOf = (form: EventForm, { learner, entered }: Draft): readonly CheckRow[] => {
  const { fields, aboutLearner } = form;
  const own = fields.flatMap((field) => {
    const value = enteredText(field, entered);
    return value === '' ? [] : [{ label: field.label, value, isAgency: field.name === OF }];
  });
  const again = givenId(form, entered);
  return [
    ...(aboutLearner ? [{ label: 'Learner', value: learner }] : []),
    ...(again === '' ? [] : [{ label: 'Told anew, under the id', value: again }]),
    ...own,
  ];
};

/** Who entered it, by which form and when, beside what the agency's key says (console.md, 1). */
const eventOf = ({ agency, staff }: StaffMember, form: EventForm, { learner, entered, id, ownId, time }: Draft): AgencyEvent => {
  const { data } = dataOf(form.fields, entered);
  const whole = { ...(form.ownId !== undefined && { [form.ownId]: ownId }), ...data };
  const event = toEvent(agency, {
    type: form.type,
    id,
    data: whole,
    ...(form.aboutLearner && { subject: learner }),
  } as unknown as EventToSend);
  return { ...event, authored: new URLSearchParams({ staffId: staff, form: form.type, time }).toString() };
};
