// S2: the E2E Passport, assembled for whoever may see it (views.md; "Developing effective partnerships" pp. 16–21).
import { jest } from '@jest/globals';
import { AISHA, CHLOE, DocumentsTown, type Entry } from './documents-town.ts';
import { about, linkAdviser, linkConfirmed, programme, referral } from './told.ts';
import { assessment, consent, registration } from './town.ts';

jest.setTimeout(90_000);

const NAME = 'e2e-passport';
const BOTH = 'plan-learning, deliver-programme';
const ALL = `${BOTH}, support-learner`;
const SAM = { name: 'Sam Hughes', role: 'personal-adviser', contact: '01902 000000' } as const;

let town: DocumentsTown;
const passport = async (agency: string, purposes: string, search = ''): Promise<Entry> => {
  const { status, body, text } = await town.ask(agency, NAME, { uln: AISHA, purposes, search });
  if (status !== 200) throw new Error(text);
  return body;
};

beforeAll(async () => {
  town = await DocumentsTown.open('2026-06-29');
  await town.on(
    '2026-06-29',
    'connexions-north',
    registration(AISHA, 'cn-1', { givenName: 'Aisha', familyName: 'Rahman' }),
    about(AISHA, 'learner.adviser-assigned', SAM),
    assessment(AISHA, { assessmentId: 'lit-1', assessedOn: '2026-06-29' }),
    consent(AISHA, 'k-1', { method: 'signed-form', recipients: ['provider'], evidence: 'Form 12' }),
  );
  await town.on('2026-07-01', 'connexions-north', referral(AISHA, 'bct', { referralId: 'r-1', reason: 'Wants a practical course' }));
});
afterAll(() => town.close());

describe('the E2E Passport', () => {
  it('shows the provider referred to who the learner is, the referral, and the assessment in full', async () => {
    const told = await passport('bct', BOTH);
    expect(told).toMatchObject({
      view: NAME,
      on: '2026-07-01',
      cover: {
        givenName: 'Aisha',
        familyName: 'Rahman',
        uln: null,
        adviser: { ...SAM, agency: 'connexions-north', byFallback: false },
        keyWorker: null,
        provider: null,
      },
      referral: [{ referralId: 'r-1', from: 'connexions-north', to: 'bct', madeOn: '2026-07-01', answer: null }],
      initialAssessment: [{ assessmentId: 'lit-1', domain: 'literacy', level: 'entry-3', summary: 'Reads well.', read: 'full' }],
      programme: [],
      reviews: [],
      movingOn: null,
      completeness: null,
    });
    const via = told['via'] as readonly Entry[];
    expect(via.find(({ item }) => item === 'assessment.recorded')).toMatchObject({ clause: 'e2e-passport@1#EP3', position: null });
  });

  it('tells a stranger what it tells of nobody, and is recorded under its name', async () => {
    await town.expectStrangers(NAME, AISHA, ['hts', 'wulfrun', 'connexions-south', 'castings']);
    await town.expectReplays();
  });

  it('has the programme as agreed and signed off, and says to the adviser what is complete of it', async () => {
    await town.on(
      '2026-07-06',
      'bct',
      registration(AISHA, 'b-1', { givenName: 'Aisha', familyName: 'Rahman' }),
      about(AISHA, 'referral.accepted', { referralId: 'r-1' }),
      about(AISHA, 'learner.adviser-assigned', { name: 'T. Bennett', role: 'key-worker' }),
      programme(AISHA, 'p-1', { startedOn: '2026-07-06', plannedEnd: '2027-01-06' }),
    );
    await town.on(
      '2026-07-08',
      'bct',
      about(AISHA, 'programme.agreed', { programmeId: 'p-1', version: 1, objectives: ['Level 1 literacy'] }),
    );
    await town.on(
      '2026-07-10',
      'connexions-north',
      about(AISHA, 'programme.signed-off', {
        programmeId: 'p-1',
        signedBy: { name: 'Sam Hughes', role: 'personal-adviser' },
        signedOn: '2026-07-10',
      }),
    );
    const told = await passport('connexions-north', ALL);
    expect(told).toMatchObject({
      cover: { keyWorker: { name: 'T. Bennett', agency: 'bct' }, provider: 'bct' },
      referral: [{ answer: 'accepted', answeredOn: '2026-07-06' }],
      programme: [
        {
          programmeId: 'p-1',
          of: 'bct',
          primary: true,
          version: '1',
          objectives: ['Level 1 literacy'],
          signedOff: { by: 'Sam Hughes', onBehalfOf: null, on: '2026-07-10', version: '1' },
          queried: null,
          endedOn: null,
        },
      ],
      reviews: [],
      movingOn: null,
      completeness: {
        programmeId: 'p-1',
        referral: true,
        initialAssessment: true,
        programme: true,
        reviews: false,
        movingOn: false,
        present: 3,
      },
    });
    expect((await passport('bct', BOTH))['completeness']).toMatchObject({ present: 3 });
  });

  it('says what is complete to nobody who asks for a part of it alone', async () => {
    for (const purposes of ['plan-learning', 'deliver-programme', 'support-learner', 'deliver-programme, support-learner'])
      expect((await passport('connexions-north', purposes))['completeness']).toBeNull();
    expect((await passport('bct', 'deliver-programme'))['completeness']).toBeNull();
  });

  it('is exported with a line for each entry', async () => {
    const { text, headers } = await town.ask('connexions-north', NAME, { uln: AISHA, purposes: ALL, accept: 'text/csv' });
    const [head = '', ...lines] = text.trimEnd().split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['learner', 'localId', 'part', 'givenName']);
    expect(lines.map((line) => line.split(',')[2])).toEqual(['cover', 'referral', 'initialAssessment', 'programme', 'completeness']);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="e2e-passport-2026-07-10-\d+\.csv"$/);
  });

  it('shows an assessment that its source set right as it is now, and one that is disputed as disputed', async () => {
    await town.on(
      '2026-07-11',
      'connexions-north',
      about(AISHA, 'assessment.rectified', {
        assessmentId: 'lit-1',
        reason: 'A slip',
        outcome: { level: 'level-1', summary: 'Reads very well.' },
      }),
    );
    expect((await passport('bct', BOTH))['initialAssessment']).toMatchObject([
      { level: 'level-1', summary: 'Reads very well.', rectifiedOn: '2026-07-11', disputed: false },
    ]);
    await town.on('2026-07-12', 'bct', about(AISHA, 'assessment.disputed', { assessmentId: 'lit-1', reason: 'Too high' }));
    expect((await passport('bct', BOTH))['initialAssessment']).toMatchObject([{ disputed: true, standing: 'disputed' }]);
  });

  it('after a withdrawal says that the assessment exists, nothing of what it says, and not why', async () => {
    await town.on('2026-07-15', 'connexions-north', about(AISHA, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }));
    const { body, text } = await town.ask('bct', NAME, { uln: AISHA, purposes: BOTH });
    expect(body['initialAssessment']).toEqual([
      {
        assessmentId: 'lit-1',
        framework: 'initial',
        domain: 'literacy',
        level: null,
        assessedOn: '2026-06-29',
        validUntil: '2026-12-26',
        by: 'connexions-north',
        summary: null,
        supersededBy: null,
        rectifiedOn: null,
        standing: 'disputed',
        disputed: true,
        read: 'existence',
      },
    ]);
    expect(text).not.toMatch(/consent|withdr|Reads/i);
    expect((await passport('bct', BOTH))['completeness']).toMatchObject({ present: 3 });
    await town.expectReplays();
  });

  it('falls back on the link adviser of the provider once nobody has the learner', async () => {
    await town.on('2026-07-16', 'connexions-north', about(AISHA, 'learner.adviser-ended', { role: 'personal-adviser', on: '2026-07-16' }));
    expect((await passport('bct', BOTH))['cover']).toMatchObject({ adviser: null });
    await town.on('2026-07-16', 'connexions-north', linkAdviser('bct'));
    await town.on('2026-07-16', 'bct', linkConfirmed('connexions-north'));
    const fallback = { name: null, role: 'link-adviser', agency: 'connexions-north', contact: null, byFallback: true };
    expect((await passport('bct', BOTH))['cover']).toMatchObject({ adviser: fallback });
    expect((await passport('bct', BOTH, '?on=2026-07-15'))['cover']).toMatchObject({ adviser: { name: 'Sam Hughes' } });
    // Who may not be told of advisers for these purposes is not told of this one either.
    expect((await passport('bct', 'plan-learning'))['cover']).toMatchObject({ adviser: null });
  });
});

describe('an agency that lies', () => {
  const mine = (purposes = ALL) => town.ask('hts', NAME, { uln: AISHA, purposes });

  it('reads its own words of a learner whom others know, and nothing besides', async () => {
    await town.on(
      '2026-07-20',
      'hts',
      registration(AISHA, 'h-1', { givenName: 'Aisha', familyName: 'Rahman' }),
      about(AISHA, 'referral.made', { referralId: 'r-1', to: 'hts', route: 'self' }),
      programme(AISHA, 'p-1', { startedOn: '2026-07-19', title: 'Ours' }),
      about(AISHA, 'programme.agreed', { programmeId: 'p-1', version: 1, objectives: ['Whatever'] }),
    );
    const { status, body } = await mine();
    expect([status, body['completeness'], body['initialAssessment'], body['endorsement']]).toEqual([200, null, [], null]);
    expect(body).toMatchObject({ cover: { adviser: null, provider: 'hts' }, programme: [{ of: 'hts', title: 'Ours', signedOff: null }] });
    expect((body['via'] as readonly Entry[]).every(({ clause }) => clause === 'own')).toBe(true);
  });

  it('reads of it what it would read of one whom nobody else knows', async () => {
    await town.on(
      '2026-07-20',
      'hts',
      registration(CHLOE, 'h-2', { givenName: 'Aisha', familyName: 'Rahman' }),
      about(CHLOE, 'referral.made', { referralId: 'r-1', to: 'hts', route: 'self' }),
      programme(CHLOE, 'p-1', { startedOn: '2026-07-19', title: 'Ours' }),
      about(CHLOE, 'programme.agreed', { programmeId: 'p-1', version: 1, objectives: ['Whatever'] }),
    );
    const other = await town.ask('hts', NAME, { uln: CHLOE, purposes: ALL });
    const plain = (text: string): string =>
      text
        .replaceAll(/"position":"\d+"/g, '')
        .replaceAll(/psn:[\w-]+/g, '')
        .replaceAll(CHLOE, AISHA)
        .replaceAll('h-2', 'h-1')
        .replaceAll(/"item":"learner.identity"[^}]*/g, '');
    expect(plain((await mine()).text).replaceAll(/,?\{\}/g, '')).toBe(plain(other.text).replaceAll(/,?\{\}/g, ''));
  });

  it('takes nothing from the provider whose programme id it took', async () => {
    expect((await passport('connexions-north', ALL))['programme']).toMatchObject([
      { of: 'bct', primary: true, signedOff: { by: 'Sam Hughes' } },
    ]);
  });

  it.each(['?colour=red', '?limit=1', '?cursor=x', '?on=2026-02-30'])('is refused %s as malformed', async (search) => {
    expect(await town.ask('bct', NAME, { uln: AISHA, purposes: BOTH, search })).toMatchObject({ status: 400 });
  });
});
