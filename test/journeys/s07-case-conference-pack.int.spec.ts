// S7: the papers of a case conference: criminal-offence data apart, and refusing consent bars nothing (views.md; E2E p. 17–20).
import { jest } from '@jest/globals';
import { BEN, CHLOE, DocumentsTown, type Entry } from './documents-town.ts';
import { about, confirmed, programme, referral } from './told.ts';
import { assessment, consent, registration } from './town.ts';

jest.setTimeout(90_000);

const NAME = 'case-conference-pack';
const ALL = 'prevent-reoffending, deliver-programme, support-learner';

let town: DocumentsTown;
const pack = async (agency: string, uln: string, purposes: string): Promise<Entry> => {
  const { status, body, text } = await town.ask(agency, NAME, { uln, purposes });
  if (status !== 200) throw new Error(text);
  return body;
};

/** Both alike, but that one is supervised. */
const enrolled = async (uln: string, referrer: string, localId: string): Promise<void> => {
  await town.on(
    '2026-09-01',
    'connexions-north',
    registration(uln, `cn-${localId}`),
    about(uln, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
  );
  if (referrer === 'city-yot') {
    await town.on('2026-09-01', 'city-yot', registration(uln, `y-${localId}`));
    await town.on('2026-09-01', 'connexions-north', confirmed(uln, 'city-yot'));
    await town.on(
      '2026-09-02',
      'city-yot',
      about(uln, 'offence.noted', { incident: 'Theft', outcome: 'Supervision', order: 'ISSP', until: '2026-11-30' }),
      assessment(uln, {
        assessmentId: 'risk-1',
        framework: 'risk-of-reoffending',
        domain: 'whole',
        assessedOn: '2026-09-02',
        outcome: { summary: 'Medium.' },
      }),
      {
        type: 'consent.refused',
        subject: `uln:${uln}`,
        data: { ...consent(uln, 'k-no').data, protocol: 'youth-justice', categories: ['offence'], purposes: ['support-learner'] },
      } as Parameters<DocumentsTown['on']>[2],
    );
  }
  await town.on(
    '2026-09-03',
    referrer,
    referral(uln, 'hts', { referralId: `r-${localId}`, route: referrer === 'city-yot' ? 'yot' : 'connexions' }),
  );
  await town.on('2026-09-07', 'hts', registration(uln, `h-${localId}`), programme(uln, `p-${localId}`, { startedOn: '2026-09-07' }));
};

beforeAll(async () => {
  town = await DocumentsTown.open('2026-09-01');
  await enrolled(BEN, 'city-yot', '2');
  await enrolled(CHLOE, 'connexions-north', '3');
  await town.on(
    '2026-10-01',
    'city-yot',
    about(BEN, 'case-conference.held', { on: '2026-10-01', attendees: ['yot-officer'], decisions: ['Curfew moved'] }),
  );
});
afterAll(() => town.close());

describe('the pack for a case conference', () => {
  it('has what youth justice says in one part, and the passport in another', async () => {
    const told = await pack('connexions-north', BEN, ALL);
    expect(told['youthJustice']).toMatchObject({
      offences: [{ incident: 'Theft', order: 'ISSP', until: '2026-11-30', by: 'city-yot', notedOn: '2026-09-02' }],
      risk: [{ summary: 'Medium.', standing: 'valid' }],
      conferences: [{ on: '2026-10-01', decisions: ['Curfew moved'] }],
      releases: [],
    });
    expect(told['passport']).toMatchObject({ cover: { adviser: { name: 'Sam' } }, programme: [{ of: 'hts', primary: true }] });
    expect(JSON.stringify(told['passport'])).not.toMatch(/ISSP|Theft|Medium|Curfew|risk/);
    expect(JSON.stringify(told['youthJustice'])).not.toMatch(/p-2|Sam|hts/);
  });

  it('has each part for its own purposes alone', async () => {
    expect(await pack('connexions-north', BEN, 'support-learner')).toMatchObject({
      youthJustice: null,
      passport: { programme: [{ of: 'hts' }] },
    });
    const justice = await pack('connexions-north', BEN, 'prevent-reoffending');
    expect(justice).toMatchObject({ youthJustice: { offences: [{}] }, passport: { programme: [], cover: { givenName: 'Sam' } } });
  });

  it('is told to the provider as of a learner who is not supervised', async () => {
    const plain = (told: Entry): string =>
      JSON.stringify({ youthJustice: told['youthJustice'], passport: told['passport'], view: told['view'] }).replaceAll(/-[23]"/g, '-N"');
    for (const purposes of ['support-learner', ALL, `${ALL}, plan-learning`]) {
      const supervised = await pack('hts', BEN, purposes);
      expect(supervised['youthJustice']).toBeNull();
      expect(plain(supervised)).toBe(plain(await pack('hts', CHLOE, purposes)).replaceAll(CHLOE, BEN));
      expect(JSON.stringify(supervised)).not.toMatch(/ISSP|Theft|Medium|Curfew|yot|offence/i);
    }
  });

  it('tells the provider of a risk to keep people safe, and of the order with explicit consent, in their part alone', async () => {
    expect(await pack('hts', BEN, 'safeguard')).toMatchObject({ youthJustice: { offences: [], risk: [{ summary: 'Medium.' }] } });
    await town.on(
      '2026-10-02',
      'connexions-north',
      consent(BEN, 'k-yes', {
        protocol: 'youth-justice',
        purposes: ['support-learner'],
        categories: ['offence'],
        recipients: ['provider'],
        method: 'signed-form',
        evidence: 'Form 12',
      }),
    );
    const { youthJustice } = await pack('hts', BEN, 'support-learner');
    expect(youthJustice).toMatchObject({
      offences: [{ incident: null, outcome: null, order: 'ISSP', until: '2026-11-30' }],
      risk: [],
      conferences: [],
    });
  });

  it('is told whole to the team that runs it, never as one file of lines, and to strangers as nobody’s', async () => {
    expect(await pack('city-yot', BEN, ALL)).toMatchObject({ youthJustice: { offences: [{ incident: 'Theft' }] } });
    const asCsv = await town.ask('connexions-north', NAME, { uln: BEN, purposes: ALL, accept: 'text/csv' });
    expect(asCsv.headers.get('content-type')).toContain('application/json');
    await town.expectStrangers(NAME, BEN, ['bct', 'st-chads', 'castings', 'ebp-black-country', 'connexions-south']);
    await town.expectReplays();
  });

  it('no other document mentions any of it', async () => {
    const purposes = [...town.town.node.registers.inForce('2026-10-02').purposes].slice(0, 20).join(',');
    for (const name of ['e2e-passport', 'pathway', 'handover', 'ilp', 'progress-file', 'known-assessments', 'apir'])
      expect((await town.ask('connexions-north', name, { uln: BEN, purposes })).text).not.toMatch(
        /ISSP|Theft|Medium|Curfew|reoffending","domain/,
      );
  });
});
