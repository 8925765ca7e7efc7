import fc from 'fast-check';
import type { Contribution } from '#contribution';
import { assessment, connexions, NOON, person, programme, provider, recorded, school, signedOff, told, yot } from '#contribution/fixtures';
import { entriesOf, initialRecord } from './entries.ts';
import { everyItem, given, itemsFor } from './fixtures/index.ts';
import { hasContributed } from './items.ts';
import { evolveRecord } from './record.ts';

const story: readonly Contribution[] = [
  told(connexions, 'learner.registered', person),
  told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1', validUntil: '2026-02-01' })),
  told(yot, 'offence.noted', { incident: 'Theft', order: 'ISSP' }),
  told(provider, 'circumstance.noted', { kind: 'health', note: 'Asthma' }),
  told(provider, 'programme.started', programme('p-1')),
  told(school, 'destination.recorded', { activity: '330', from: '2026-03-01', verifiedOn: '2026-03-05' }),
];

describe('items', () => {
  it('are all that was contributed, as protocols tell it apart', () => {
    const plain = { apart: false, facts: {}, at: NOON };
    expect(itemsFor(given(...story), 'anybody')).toEqual([
      { ...plain, type: 'learner.registered', category: 'identity', source: 'connexions-north', revision: 0 },
      {
        ...plain,
        type: 'referral.made',
        category: 'referral',
        source: 'connexions-north',
        facts: { to: 'heath-town-skills', route: 'connexions' },
        revision: 1,
      },
      {
        ...plain,
        type: 'assessment.recorded',
        category: 'assessment',
        source: 'connexions-north',
        facts: { framework: 'initial', domain: 'literacy' },
        revision: 2,
      },
      { ...plain, type: 'offence.noted', category: 'offence', source: 'city-yot', revision: 3 },
      {
        ...plain,
        type: 'circumstance.noted',
        category: 'circumstance-special',
        source: 'heath-town-skills',
        facts: { kind: 'health' },
        revision: 4,
      },
      { ...plain, type: 'programme.started', category: 'programme', source: 'heath-town-skills', facts: { kind: 'e2e' }, revision: 5 },
      {
        ...plain,
        type: 'destination.recorded',
        category: 'destination',
        source: 'st-chads-school',
        facts: { activity: '330' },
        revision: 6,
      },
    ]);
  });

  it('leave out what stands apart, but for its source', () => {
    const apartFrom = { source: 'connexions-north', assessmentId: 'a-1' };
    const apart = { ...told(provider, 'assessment.recorded', assessment({ assessmentId: 'b-1' })), notes: { apartFrom } };
    const state = given(...story, apart);
    expect(itemsFor(state, 'connexions-north')).toHaveLength(7);
    expect(itemsFor(state, 'heath-town-skills')).toHaveLength(8);
    expect(everyItem(state)).toHaveLength(8);
  });

  it('are marked where their source does not stand, for whoever reads them', () => {
    const counts = ({ source }: { readonly source: string }) => source !== provider.slug;
    const marked = itemsFor(given(...story), 'anybody', { counts }).filter(({ confirmed }) => confirmed === false);
    expect(marked.map(({ type }) => type)).toEqual(['circumstance.noted', 'programme.started']);
    expect(itemsFor(given(...story), 'anybody').some((item) => 'confirmed' in item)).toBe(false);
  });

  it('tell when the programme began that they are about, whoever says it of whose', () => {
    const begun = (owner: string, programmeId: string) => (owner === provider.slug && programmeId === 'p-1' ? '2026-01-05' : undefined);
    const left = told(provider, 'programme.left-early', { programmeId: 'p-1', leftOn: '2026-03-01', reason: 'job-offer' });
    const signed = { ...told(connexions, 'programme.signed-off', signedOff('p-1')), notes: { of: provider.slug } };
    const others = told(school, 'programme.started', programme('p-1'));
    const review = told(provider, 'review.held', {
      reviewId: 'w-1',
      programmeId: 'p-1',
      heldOn: '2026-02-02',
      attendees: [],
      summary: 'Well',
    });
    const days = itemsFor(given(...story, left, signed, others, review), 'anybody', { begun }).map(({ type, source, begun: day }) => [
      type,
      source,
      day,
    ]);
    expect(days.filter(([, , day]) => day !== undefined)).toEqual([
      ['programme.started', 'heath-town-skills', '2026-01-05'],
      ['programme.left-early', 'heath-town-skills', '2026-01-05'],
      ['programme.signed-off', 'connexions-north', '2026-01-05'],
      ['review.held', 'heath-town-skills', '2026-01-05'],
    ]);
  });

  it('tell whose referral an answer answers, and which fields of an identity are withheld', () => {
    const declined = told(provider, 'referral.declined', { referralId: 'r-1' });
    const lens = { answers: () => connexions.slug, withheld: (source: string) => (source === connexions.slug ? ['postcode'] : []) };
    const items = itemsFor(given(...story, declined, told(provider, 'learner.registered', person)), 'anybody', lens);
    expect(items.map(({ answers, withheld }) => answers ?? withheld?.[0])).toEqual([
      'postcode',
      ...Array<undefined>(6).fill(undefined),
      'connexions-north',
      undefined,
    ]);
  });

  it('leave out what its own source retracted, and the retraction is of its category', () => {
    const retracted = { ...told(yot, 'record.retracted', { of: 'm-3', reason: 'wrong-learner' }), notes: { names: 3 } };
    const state = given(...story, retracted);
    expect(itemsFor(state, connexions.slug).map(({ type }) => type)).not.toContain('offence.noted');
    expect(itemsFor(state, yot.slug)).toMatchObject([
      ...Array<object>(3).fill({}),
      { type: 'offence.noted', status: 'retracted' },
      {},
      {},
      {},
      { type: 'record.retracted', category: 'offence' },
    ]);
  });

  it('tell who contributed', () => {
    expect(hasContributed(given(...story), 'city-yot')).toBe(true);
    expect(hasContributed(given(...story), 'castings-ltd')).toBe(false);
  });

  it('keep the revisions of a stream that holds other events too', () => {
    const events = recorded(...story).map((event) => ({ ...event, revision: event.revision * 7 }));
    const state = events.reduce(evolveRecord, initialRecord);
    expect(itemsFor(state, 'x').map(({ revision }) => revision)).toEqual([0, 7, 14, 21, 28, 35, 42]);
  });
});

describe('the record', () => {
  it('gives back what it keeps', () => {
    const text = fc.stringMatching(/^[^\p{Cc}]{1,20}$/u).filter((id) => id.trim() !== '');
    const oneAssessment = fc.record({ assessmentId: text, related: fc.option(text), until: fc.option(fc.constant('2027-01-01')) });
    fc.assert(
      fc.property(fc.array(oneAssessment, { maxLength: 8 }), (all) => {
        const told8 = all.map(({ assessmentId, related, until }) =>
          told(provider, 'assessment.recorded', {
            ...assessment({ assessmentId }),
            ...(related === null ? {} : { supersedes: { assessmentId: related, reason: 'expired' as const } }),
            ...(until === null ? {} : { validUntil: until }),
          }),
        );
        const read = entriesOf(given(...told8), ['assessment.recorded']).map(({ head: _, ...rest }) => rest);
        expect(read).toEqual(
          all.map(({ assessmentId, related, until }, revision) => ({
            revision,
            id: assessmentId,
            related: related ?? '',
            on: '2026-01-05',
            until: until ?? '',
          })),
        );
      }),
    );
  });

  it('keeps little of each event: a head that learners share, and a short line', () => {
    const one = given(...story, told(connexions, 'programme.signed-off', signedOff('p-1')));
    const another = given(...story);
    another.heads.forEach((head, place) => expect(one.heads[place]).toBe(head));
    expect(one.lines.length).toBeLessThan(31 * one.heads.length);
  });

  it('leaves earlier states as they were', () => {
    const before = given(...story);
    const { heads, lines } = before;
    const [length, copy] = [heads.length, lines];
    evolveRecord(before, { ...told(provider, 'programme.started', programme('p-2')), revision: 7 });
    expect(before.heads).toHaveLength(length);
    expect(before.lines).toBe(copy);
  });
});
