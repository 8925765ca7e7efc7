// Duties reckoned once a learner a page, and of those that may be the asker's alone, are what reckoning all of them for each row makes of
// them.
import fc from 'fast-check';
import { type Role, shippedCatalogue, type ShortType } from '#catalogue';
import type { AnswerItem } from '#disclosure';
import { type Bearers, BESIDE, type DutyEvent, dutyOf, DutyReckoning, dutyTerms, Responsibility, TRIGGERS } from '#duties';
import { addDays, type IsoDate, londonDate } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { askerOf, seen, USUAL_PARTNERSHIP } from '../fixtures/index.ts';
import { type Partnership, SeenItems } from '../lists/index.ts';
import { dutyRows, overdueIn } from './duties.answer.ts';

const ROLES: Readonly<Record<string, readonly Role[]>> = {
  careers: ['connexions'],
  bct: ['provider'],
  hts: ['provider', 'college'],
  city: ['yot'],
  lsc: ['funder'],
};
const AGENCIES = Object.keys(ROLES);
const TERMS = dutyTerms(
  shippedProtocols().map((document) => ({ protocol: document.id, version: document.version, document, status: 'in-force' as const })),
);
const partnership: Partnership = {
  ...USUAL_PARTNERSHIP,
  duties: TERMS,
  rolesOf: (slug) => ROLES[slug] ?? [],
  linkAdviserOf: (provider) => (provider === 'bct' ? 'careers' : undefined),
};
const ON = '2026-10-01';

const DAYS = ['on', 'startedOn', 'heldOn', 'nextReviewDue', 'leftOn', 'plannedEnd', 'assessedOn', 'scheduledFor', 'releaseOn'];
const IDS = ['programmeId', 'reviewId', 'referralId', 'assessmentId', 'placementId', 'endorsementId', 'offerId'];
const day = fc.integer({ min: -120, max: 20 }).map((days) => addDays(ON, days));
const agency = fc.constantFrom(...AGENCIES);

/** Of any type that duties ask about, with whatever days and ids agree or do not. */
const item: fc.Arbitrary<AnswerItem> = fc
  .record({
    type: fc.constantFrom(...TRIGGERS, ...BESIDE, 'programme.started' as const),
    source: agency,
    time: day,
    data: fc
      .tuple(
        fc.record(Object.fromEntries(DAYS.map((name) => [name, day])), { requiredKeys: [] }),
        fc.record(Object.fromEntries(IDS.map((name) => [name, fc.constantFrom('1', '2')])), { requiredKeys: [] }),
        fc.record({ of: agency, to: agency, role: fc.constantFrom('personal-adviser', 'link-adviser') }, { requiredKeys: [] }),
        fc.constantFrom({ kind: 'e2e' }, { kind: 'wbl' }, { framework: 'risk-of-failing', domain: 'literacy' }),
      )
      .map((parts) => Object.assign({}, ...parts) as Readonly<Record<string, unknown>>),
  })
  .map(({ type, source, time, data }) => seen(type, data, source, { time }));
const story = fc.record({ items: fc.array(item, { minLength: 1, maxLength: 12 }), asker: agency });

const kinds = (type: ShortType) => shippedCatalogue().byShort(type);
const eventsIn = (of: SeenItems): readonly DutyEvent[] =>
  [...TRIGGERS, ...BESIDE].flatMap((type) =>
    of.of(type).map(({ source, place, toldOn = ON, data }): DutyEvent => ({ type, source, place, knownOn: toldOn, data })),
  );
const bearersIn = (events: readonly DutyEvent[]): Bearers => ({
  reckoning: new DutyReckoning(events, kinds, ON),
  responsibility: new Responsibility(events, partnership.linkAdviserOf, (slug) => partnership.rolesOf(slug).includes('connexions')),
  sources: [...new Set(events.flatMap(({ source }) => source ?? []))],
  rolesOf: partnership.rolesOf,
});

describe('whether anything that the asker has to do is overdue', () => {
  const TOLD_OTHERWISE = ['follow-up', 'sign-off'];

  it('is told as if all duties of everybody were reckoned', () => {
    const met = { true: 0, false: 0 };
    fc.assert(
      fc.property(story, ({ items, asker }) => {
        const of = new SeenItems(items.entries());
        const by = bearersIn(eventsIn(of));
        const all = by.reckoning
          .triggered(TERMS)
          .filter((one) => !TOLD_OTHERWISE.includes(one.duty.id))
          .map((one) => dutyOf(one, asker, by))
          .some(({ instance, bearers }) => bearers.includes(asker) && instance.state === 'overdue');
        met[`${all}`] += 1;
        expect(overdueIn(of, { on: ON, asker: askerOf(asker), partnership }, TOLD_OTHERWISE).length > 0).toBe(all);
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(met.true, met.false)).toBeGreaterThan(200);
  });
});

describe('the rows of one learner', () => {
  const RECORDED = Date.parse('2026-09-20T12:00:00Z');

  /** Each event on the day on which it is known, but that which makes the row on the day on which it was recorded. */
  const rowsAnew = (of: SeenItems, anchor: number, asker: string): readonly unknown[] => {
    const events = eventsIn(of);
    const by = bearersIn(events);
    const anchors = events.filter(({ place }) => place === anchor).map((event) => ({ ...event, recordedOn: londonDate(RECORDED) }));
    return by.reckoning.triggered(TERMS, anchors).map((one) => {
      const { instance, bearers } = dutyOf(one, asker, by);
      const { duty, since, due, state, dischargedOn = null, knownLate = false } = instance;
      const bearer = bearers.includes(asker) ? 'me' : 'others';
      return { duty: duty.id, protocol: one.protocol, since, due, state, dischargedOn, knownLate, bearer };
    });
  };
  const byText = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();

  it('are told as if duties were reckoned for each of them anew', () => {
    let rows = 0;
    fc.assert(
      fc.property(story, ({ items, asker }) => {
        const shared = new SeenItems(items.entries());
        for (const anchor of items.keys()) {
          const at = { on: ON, asker: askerOf(asker), partnership, chosen: {}, anchor, knownAt: RECORDED };
          const told = dutyRows(shared, at).map(({ duty, protocol, since, due, state, dischargedOn, knownLate, bearer }) => ({
            ...{ duty, protocol, since, due, state, dischargedOn, knownLate, bearer },
          }));
          const anew = rowsAnew(new SeenItems(items.entries()), anchor, asker);
          expect(byText(told)).toEqual(byText(anew));
          rows += anew.length;
        }
      }),
      { numRuns: 800 },
    );
    expect(rows).toBeGreaterThan(2000);
  });

  it('are reckoned anew for another day and another partnership', () => {
    const started = seen('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-09-01' }, 'bct', { time: '2026-09-01' });
    const of = new SeenItems([started].entries());
    const told = (on: IsoDate, who = partnership) =>
      dutyRows(of, { on, asker: askerOf('bct'), partnership: who, chosen: {}, anchor: 0 }).find(({ duty }) => duty === 'first-review');
    expect([told('2026-09-20')?.state, told('2026-10-20')?.state]).toEqual(['open', 'overdue']);
    expect([told(ON)?.bearer, told(ON, { ...partnership, rolesOf: () => [] })?.bearer]).toEqual(['me', 'others']);
  });
});
