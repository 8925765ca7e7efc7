// S26: what goes along to the next provider, with consent, and what does not (views.md; E2E p. 24).
import { jest } from '@jest/globals';
import { BEN, DocumentsTown, type Entry } from './documents-town.ts';
import { allDecisions } from './recorded-decisions.ts';
import { about, programme, referral } from './told.ts';
import { assessment, consent, registration } from './town.ts';

jest.setTimeout(90_000);

const NAME = 'handover';
const PLAN = 'plan-learning';

let town: DocumentsTown;
const handover = async (agency: string, purposes = PLAN): Promise<Entry> => {
  const { status, body, text } = await town.ask(agency, NAME, { uln: BEN, purposes });
  if (status !== 200) throw new Error(text);
  return body;
};
const concern = (on: string) => about(BEN, 'attendance.concern', { programmeId: 'p-h', on, kind: 'absence', note: 'Nobody home' });
const held = (reviewId: string, heldOn: string, actions: readonly string[]) =>
  about(BEN, 'review.held', { reviewId, programmeId: 'p-h', heldOn, attendees: ['learner', 'key-worker'], summary: 'On course.', actions });

beforeAll(async () => {
  town = await DocumentsTown.open('2026-09-01');
  await town.on(
    '2026-09-01',
    'connexions-north',
    registration(BEN, 'cn-2'),
    about(BEN, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
    referral(BEN, 'hts'),
  );
  await town.on(
    '2026-09-07',
    'hts',
    registration(BEN, 'h-2'),
    programme(BEN, 'p-h', { startedOn: '2026-09-07' }),
    assessment(BEN, { assessmentId: 'lit', assessedOn: '2026-09-07' }),
  );
  await town.on('2026-09-08', 'hts', about(BEN, 'programme.agreed', { programmeId: 'p-h', version: 1, objectives: ['Level 1 literacy'] }));
  await town.on('2026-09-29', 'hts', concern('2026-09-28'), concern('2026-09-29'));
  await town.on('2026-10-05', 'hts', held('v-1', '2026-10-05', ['Find a placement']));
  await town.on(
    '2026-11-02',
    'hts',
    held('v-2', '2026-11-02', ['Find a placement', 'Open day']),
    about(BEN, 'achievement.recorded', {
      achievementId: 'x-1',
      kind: 'accredited',
      title: 'One unit',
      awardedOn: '2026-11-02',
      programmeId: 'p-h',
    }),
  );
  await town.on('2026-11-10', 'connexions-north', referral(BEN, 'wulfrun'));
});
afterAll(() => town.close());

const EMPTY = { programme: [], reviews: [], achievements: [], openActions: [], endorsements: [] };

describe('the handover', () => {
  it('holds without consent no more than that an assessment exists', async () => {
    const told = await handover('wulfrun');
    expect(told).toMatchObject(EMPTY);
    expect(told['assessments']).toEqual([
      {
        assessmentId: 'lit',
        framework: 'initial',
        domain: 'literacy',
        by: 'hts',
        assessedOn: '2026-09-07',
        validUntil: '2027-03-06',
        standing: 'valid',
      },
    ]);
  });

  it('holds with consent programme, reviews, achievements and open actions, and nothing of attendance', async () => {
    await town.on(
      '2026-11-11',
      'connexions-north',
      consent(BEN, 'k-2', {
        categories: ['programme', 'review', 'achievement', 'attendance', 'assessment'],
        purposes: ['plan-learning', 'support-learner'],
        recipients: ['wulfrun'],
        method: 'signed-form',
        evidence: 'Form 2',
      }),
    );
    await town.on('2026-11-16', 'wulfrun', registration(BEN, 'w-2'), programme(BEN, 'p-w', { kind: 'fe-course', startedOn: '2026-11-16' }));
    const told = await handover('wulfrun', `${PLAN}, support-learner`);
    expect(told).toMatchObject({
      programme: [
        { of: 'hts', programmeId: 'p-h', objectives: ['Level 1 literacy'], primary: false },
        { of: 'wulfrun', primary: true },
      ],
      reviews: [{ reviewId: 'v-1' }, { reviewId: 'v-2' }],
      achievements: [{ title: 'One unit', by: 'hts' }],
      openActions: [
        { text: 'Find a placement', fromReview: 'v-1', programmeId: 'p-h' },
        { text: 'Open day', fromReview: 'v-2', programmeId: 'p-h' },
      ],
      assessments: [{ assessmentId: 'lit', standing: 'valid' }],
    });
    expect(JSON.stringify(told)).not.toMatch(/attendance|Nobody home|absence|Reads well/);
  });

  it('was read when: that is on record under its name', async () => {
    const read = (await allDecisions(town.town)).filter(({ decided }) => decided.asked === NAME && decided.recipient === 'wulfrun');
    expect(read.at(-1)?.decided).toMatchObject({ outcome: 'answered', route: 'learner', document: { parameters: { on: '2026-11-16' } } });
  });

  it('means that nobody asks the learner again', async () => {
    const [again] = await town.town.send('wulfrun', assessment(BEN, { assessedOn: '2026-11-16' }));
    expect(again).toMatchObject({ outcome: 'already-captured' });
  });

  it('is over for the next provider once the learner withdraws', async () => {
    await town.on('2026-11-20', 'connexions-north', about(BEN, 'consent.withdrawn', { consentId: 'k-2', by: 'learner' }));
    const { text, body } = await town.ask('wulfrun', NAME, { uln: BEN, purposes: PLAN });
    expect(body).toMatchObject({ ...EMPTY, programme: [{ of: 'wulfrun' }] });
    expect(text).not.toMatch(/hts@|One unit|withdr|consent/);
  });

  it('tells strangers what it tells of nobody', async () => {
    await town.expectStrangers(NAME, BEN, ['bct', 'forge', 'st-chads']);
    await town.expectReplays();
  });
});
