import { assessment, connexions, consent, council, OTHER_ULN, otherConnexions, person, provider, told, ULN } from '#contribution/fixtures';
import { noted, referral, registered } from '#learners/fixtures';
import { type Given, judged, outcomes, sent } from './fixtures/index.ts';

const registration = sent('learner.registered', { ...person, uln: ULN });
const assessed = (assessmentId: string, domain = 'literacy') => sent('assessment.recorded', assessment({ assessmentId, domain }));
const known: Given = { files: { L1: [registered(), referral(provider), noted(provider)] } };
const met: Given = {
  files: { L1: [...(known.files?.['L1'] ?? []), told(provider, 'assessment.recorded', assessment({ assessmentId: 'a-0' }))] },
};
/** Streams to which events are to be appended, without what makes their names random, and how many. */
const appended = ({ judgement }: Awaited<ReturnType<typeof judged>>): readonly string[] =>
  judgement.draft.writes().flatMap(({ stream, events }) => (events.length > 0 ? [`${stream.split('-')[0]} ${events.length}`] : []));

describe('a message is judged', () => {
  it('once, where a registration of nobody known comes with what is said of the learner', async () => {
    const done = await judged({}, connexions, registration, assessed('a-1'), assessed('a-2', 'numeracy'));
    expect(done.judgement.missing).toEqual([]);
    expect(done.judgement.verdicts.flat().map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(appended(done)).toEqual(['learner 3', 'identifier 1', 'identifier 1', 'match 1']);
  });

  it('after identifiers were looked at, and then the files to which they lead', async () => {
    expect((await judged({}, connexions, registration)).rounds).toBe(2);
    expect((await judged(known, connexions, registration)).rounds).toBe(2);
  });

  it.each([
    ['registers', {}, [registration, assessed('a-1')]],
    ['is met with what exists', met, [assessed('a-1'), assessed('a-2', 'numeracy')]],
    ['corrects', known, [sent('learner.corrected', { familyName: 'Byrne', uln: OTHER_ULN, reason: 'misspelt' })]],
    ['contradicts', known, [sent('learner.registered', { ...person, uln: OTHER_ULN }, { subject: 'local:l-1' })]],
  ] as const)('to the same end each time, ids and all: one that %s', async (_, given: Given, events) => {
    const { judgement, again } = await judged(given, provider, ...events);
    const [first, second] = [judgement, again()].map(({ draft, verdicts }) => ({ writes: draft.writes(), verdicts }));
    expect(first?.verdicts.flat()).toHaveLength(events.length);
    expect(second).toEqual(first);
  });

  it('not at all while something is missing, which is told', async () => {
    const done = await judged({ ...known, unlooked: true }, connexions, registration, assessed('a-1'));
    expect(done.judgement.missing.length).toBeGreaterThan(0);
    expect([appended(done), done.judgement.verdicts.flat().some(({ outcome }) => outcome === 'accepted')]).toEqual([[], false]);
  });

  it('in its order: what one event changes, the next one meets', async () => {
    const subject = 'local:l-7';
    const note = sent('circumstance.noted', { kind: 'housing', note: 'Sofa' }, { subject });
    const links = sent('learner.registered', { ...person, localId: 'l-7', uln: ULN }, { subject });
    expect(await outcomes(known, connexions, note, links, note)).toEqual(['no-such-learner', 'accepted', 'accepted']);
  });

  it('with the second of one id as a duplicate of the first, or in conflict with it', async () => {
    const first = { ...assessed('a-1'), id: 'm-same' };
    expect(await outcomes(known, connexions, first, first, { ...first, ...assessed('a-2'), id: 'm-same' })).toEqual([
      'accepted',
      'duplicate',
      'conflict',
    ]);
  });

  it('with what can be refused by itself as refused, and the rest of the batch as it stands', async () => {
    expect(await outcomes(known, connexions, { ...assessed('a-1'), type: 'no.such' }, assessed('a-2'))).toEqual([
      'unknown-type',
      'accepted',
    ]);
  });
});

describe('an assessment', () => {
  it('that repeats one still valid is met with that, and the look is recorded', async () => {
    const done = await judged(met, provider, assessed('a-1'));
    expect(done.judgement.missing).toEqual([]);
    expect(done.judgement.verdicts.flat()).toMatchObject([
      { outcome: 'already-captured', mayKnow: true, existing: { assessmentId: 'a-0' } },
    ]);
    expect(appended(done)).toEqual(['learner 1', 'disclosure 1']);
  });

  it('of another domain, or one that its sender may not know of, is recorded', async () => {
    expect(await outcomes(met, provider, assessed('a-1', 'numeracy'))).toEqual(['accepted']);
    expect(await outcomes(met, otherConnexions, assessed('a-1'))).toEqual(['no-such-learner']);
  });
});

describe('a registration', () => {
  it('links to the one known with the number and the same person, and makes another for another person', async () => {
    const mine = { ...person, localId: 'c-1', uln: ULN };
    const linked = await judged(known, council, sent('learner.registered', mine));
    expect(linked.judgement.verdicts.flat()).toMatchObject([{ outcome: 'accepted', learner: 'L1' }]);
    const other = { ...mine, givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2010-10-10' };
    const made = await judged(known, council, sent('learner.registered', other));
    expect(made.judgement.verdicts.flat()).toMatchObject([{ outcome: 'accepted', learner: expect.not.stringMatching(/^L1$/) }]);
  });

  it('names to the data manager the learner whose ULN it contradicts', async () => {
    const event = sent('learner.registered', { ...person, uln: OTHER_ULN }, { subject: 'local:l-1' });
    const { judgement } = await judged(known, connexions, event);
    expect(judgement.verdicts.flat()).toMatchObject([{ outcome: 'rejected', fault: { code: 'link-conflict' }, between: ['L1'] }]);
  });
});

describe('consents of one message', () => {
  it('given and withdrawn together stand or fall together', async () => {
    const given = { files: { L1: [...(known.files?.['L1'] ?? []), told(connexions, 'consent.given', consent('c-1'))] } };
    const withdrawal = sent('consent.withdrawn', { consentId: 'c-1', by: 'learner' });
    const faulty = sent('consent.given', { ...consent('c-2'), expires: '2025-01-01' });
    expect(await outcomes(given, connexions, withdrawal, faulty)).toEqual(['schema', 'schema']);
    expect(await outcomes(given, connexions, withdrawal, sent('consent.given', consent('c-2')))).toEqual(['accepted', 'accepted']);
  });
});
