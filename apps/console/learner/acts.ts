// What a learner does on the own pages, as events: what is sent for each act, and what is shown before it is sent (console.md, 4.4 and 10).
import { type AgencyEvent, type EventToSend, toEvent } from '#client';
import { type Entered, listOf, textOf } from '../shell/form.ts';
import type { CheckRow } from './check-row.ts';
import { opinionIn, opinionRows } from './opinion.ts';
import { endIn } from './sooner.ts';
import type { WordKey } from './words.ts';

export const ACTS = ['stop', 'pause', 'resume', 'less', 'yes', 'no', 'object', 'ask', 'complain', 'say'] as const;
export type Act = (typeof ACTS)[number];

export const isAct = (text: string): text is Act => (ACTS as readonly string[]).includes(text);

/** Of a consent, or of what is asked for. */
export interface Scope {
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
}

export interface ConsentCard extends Scope {
  readonly consentId: string;
  readonly source: string;
  readonly status: string;
  readonly expires: string | null;
}

export interface RequestCard extends Scope {
  readonly id: string;
  readonly source: string;
  readonly until: string | null;
  readonly state: string;
}

/** Who acts, when, and what the learner has. */
export interface ActContext {
  /** Slug of the agency whose page this is. */
  readonly page: string;
  /** As the page names the learner. */
  readonly subject: string;
  /** Of the sign-in. */
  readonly evidence: string;
  readonly language: string;
  /** Today, in London. */
  readonly today: string;
  readonly now: Date;
  readonly consents: readonly ConsentCard[];
  readonly requests: readonly RequestCard[];
}

export interface Prepared {
  readonly events: readonly AgencyEvent[];
  readonly rows: readonly CheckRow[];
}

export type Outcome = { readonly ok: Prepared } | { readonly fault: WordKey } | { readonly gone: true };

const A_YEAR_DAYS = 365;

const addDays = (day: string, days: number): string => {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

const among = (wanted: readonly string[], there: readonly string[]): readonly string[] => there.filter((one) => wanted.includes(one));

const scopeRows = ({ categories, recipients, purposes }: Scope, until: string | null): readonly CheckRow[] => [
  { key: 'sharing.what', kinds: categories },
  { key: 'sharing.with', parties: recipients },
  { key: 'sharing.for', purposes },
  ...(until === null ? [] : [{ key: 'sharing.until' as const, day: until }]),
];

/** The same form sent twice is the same event: its ids follow from one that was drawn when the form was checked. */
const eventsOf = (entered: Entered, { page, subject, now }: ActContext, events: readonly EventToSend[]): readonly AgencyEvent[] => {
  const drawn = textOf(entered['id']);
  return events.map((event, place) => toEvent(page, { ...event, subject, id: `${drawn}-${place}`, time: now.toISOString() }));
};

const GIVEN_BY = { givenBy: 'learner', method: 'online' } as const;
const NOTICE = 'own-page';

const stated = (type: 'consent.given' | 'consent.refused', consentId: string, scope: Scope, context: ActContext): EventToSend => {
  const { protocol, purposes, categories, recipients } = scope;
  const { evidence, language, today } = context;
  const notice = { id: NOTICE, version: '1', language };
  const data = { consentId, protocol, purposes, categories, recipients, ...GIVEN_BY, notice, evidence, validFrom: today };
  return { type, data };
};

const until = (event: EventToSend, expires: string | null): EventToSend =>
  (expires === null ? event : { ...event, data: { ...event.data, expires } }) as EventToSend;

const ofOther = (source: string, { page }: ActContext): { readonly of?: string } => (source === page ? {} : { of: source });

const changed = (
  type: 'consent.withdrawn' | 'consent.paused' | 'consent.resumed',
  consent: ConsentCard,
  context: ActContext,
): EventToSend => ({ type, data: { consentId: consent.consentId, by: 'learner', ...ofOther(consent.source, context) } });

type Prepare = (entered: Entered, context: ActContext) => Outcome;

const prepared = (entered: Entered, context: ActContext, events: readonly EventToSend[], rows: readonly CheckRow[]): Outcome => ({
  ok: { events: eventsOf(entered, context, events), rows },
});

/** The one that a form names, among those of the learner. */
export const consentIn = <Card extends ConsentCard>(
  entered: Entered,
  { consents }: { readonly consents: readonly Card[] },
): Card | undefined =>
  consents.find(({ consentId, source }) => consentId === textOf(entered['consent']) && source === textOf(entered['of']));

const onConsent =
  (type: 'consent.withdrawn' | 'consent.paused' | 'consent.resumed'): Prepare =>
  (entered, context) => {
    const consent = consentIn(entered, context);
    if (consent === undefined) return { gone: true };
    return prepared(entered, context, [changed(type, consent, context)], scopeRows(consent, consent.expires));
  };

/** Fewer kinds, fewer people, or a sooner end. The smaller one and the end of the former go together or not at all. */
const less: Prepare = (entered, context) => {
  const consent = consentIn(entered, context);
  if (consent === undefined) return { gone: true };
  const categories = among(listOf(entered['kind']), consent.categories);
  const recipients = among(listOf(entered['party']), consent.recipients);
  if (categories.length === 0 || recipients.length === 0) return { fault: 'form.needTick' };
  const end = endIn(entered, { today: context.today, latest: consent.expires });
  if ('fault' in end) return end;
  const smaller = { ...consent, categories, recipients };
  const given = until(stated('consent.given', `less-${textOf(entered['id'])}`, smaller, context), end.on);
  return prepared(entered, context, [given, changed('consent.withdrawn', consent, context)], scopeRows(smaller, end.on));
};

const answer =
  (type: 'consent.given' | 'consent.refused'): Prepare =>
  (entered, context) => {
    const request = context.requests.find(({ id, state }) => id === textOf(entered['request']) && state === 'waiting');
    if (request === undefined) return { gone: true };
    const all = textOf(entered['which']) !== 'some';
    const categories = all ? request.categories : among(listOf(entered['kind']), request.categories);
    const recipients = all ? request.recipients : among(listOf(entered['party']), request.recipients);
    if (categories.length === 0 || recipients.length === 0) return { fault: 'form.needTick' };
    const scope = { ...request, categories, recipients };
    const expires = type === 'consent.given' ? addDays(context.today, A_YEAR_DAYS) : null;
    const event = until(stated(type, `answer-${textOf(entered['id'])}`, scope, context), expires);
    return prepared(entered, context, [event], scopeRows(scope, expires));
  };

const object: Prepare = (entered, context) => {
  const [recipient, purpose, reason] = [textOf(entered['about']), textOf(entered['purpose']), textOf(entered['text'])];
  const categories = listOf(entered['kind']);
  if (recipient === '' || purpose === '' || categories.length === 0) return { gone: true };
  if (reason === '') return { fault: 'form.needText' };
  const scope = { categories, purposes: [purpose], recipients: [recipient] };
  return prepared(
    entered,
    context,
    [{ type: 'objection.raised', data: { scope, reason } }],
    [...scopeRows({ ...scope, protocol: '' }, null), { key: 'row.reason', text: reason }],
  );
};

const written =
  (made: (about: string, text: string, entered: Entered) => EventToSend): Prepare =>
  (entered, context) => {
    const [about, text] = [textOf(entered['about']), textOf(entered['text'])];
    if (about === '') return { fault: 'form.needWho' };
    if (text === '') return { fault: 'form.needText' };
    return prepared(
      entered,
      context,
      [made(about, text, entered)],
      [{ key: 'form.who', parties: [about] }, ...regardingRow(entered), { key: 'row.text', text }],
    );
  };

const regardingIn = (entered: Entered): { readonly regarding?: string } => {
  const regarding = textOf(entered['regarding']).slice(0, 200);
  return regarding === '' ? {} : { regarding };
};

const regardingRow = (entered: Entered): readonly CheckRow[] => {
  const { regarding } = regardingIn(entered);
  return regarding === undefined ? [] : [{ key: 'form.about', text: regarding }];
};

const say: Prepare = (entered, context) => {
  const opinion = opinionIn(entered);
  const { about, theme, rating, comment } = opinion;
  if (about === '') return { fault: 'form.needWho' };
  if (theme === '') return { fault: 'form.needTheme' };
  if ((comment ?? rating) === undefined) return { fault: 'form.needText' };
  return prepared(entered, context, [{ type: 'feedback.given', data: opinion }], opinionRows(opinion));
};

const PREPARES: Readonly<Record<Act, Prepare>> = {
  stop: onConsent('consent.withdrawn'),
  pause: onConsent('consent.paused'),
  resume: onConsent('consent.resumed'),
  less,
  yes: answer('consent.given'),
  no: answer('consent.refused'),
  object,
  ask: written((about, text, entered) => ({
    type: 'question.asked',
    data: { questionId: `question-${textOf(entered['id'])}`, about, text, ...regardingIn(entered) },
  })),
  complain: written((about, text, entered) => ({
    type: 'complaint.made',
    data: { complaintId: `complaint-${textOf(entered['id'])}`, about, text, ...regardingIn(entered) },
  })),
  say,
};

export const prepare = (act: Act, entered: Entered, context: ActContext): Outcome => PREPARES[act](entered, context);
