import { shippedCatalogue, type ShortType } from '#catalogue';
import { type MappedRow, type MappingContext, RowMapper } from './map-row.ts';
import { type Mapping, mappingOfType, shippedMapping, shippedMappings } from './mapping.ts';

const catalogue = shippedCatalogue();
const context: MappingContext = { agency: 'bct', digest: 'ab'.repeat(32), today: '2026-11-30', toldOn: '2026-11-29', catalogue };
type Cells = Readonly<Record<string, string>>;

const mapped = (mapping: Mapping, cells: Cells, record?: string, given = context): MappedRow =>
  new RowMapper(mapping, given).map({ number: 14, cells: new Map(Object.entries(cells)), ...(record === undefined ? {} : { record }) });
const row = (type: ShortType, cells: Cells, given = context): MappedRow =>
  mapped(mappingOfType(catalogue.byShort(type)), cells, undefined, given);
const short = (type: string): string => type.slice('uk.concordat.'.length, -'.v1'.length);

const START = { localId: 'BCT-1', programmeId: 'p-1', kind: 'e2e', title: 'E2E', startedOn: '07/09/2026', plannedEnd: '05/03/2027' };

describe('a row with the fields of a type', () => {
  it('is the event, with an id and a time that follow from the file', () => {
    expect(row('programme.started', START).events).toEqual([
      {
        specversion: '1.0',
        id: 'import-abababababababab-14-0',
        source: 'urn:concordat:agency:bct',
        type: 'uk.concordat.programme.started.v1',
        subject: 'local:BCT-1',
        time: '2026-09-07T00:00:00Z',
        datacontenttype: 'application/json',
        data: { programmeId: 'p-1', kind: 'e2e', title: 'E2E', startedOn: '2026-09-07', plannedEnd: '2027-03-05' },
      },
    ]);
  });

  it('has parts and lists as lists give them out', () => {
    const [assessed] = row('assessment.recorded', {
      uln: '3104215838',
      assessmentId: 'a-1',
      framework: 'apir',
      domain: 'whole',
      instrument: 'APIR',
      assessedOn: '2026-09-01',
      assessor_name: 'Sam Hughes',
      assessor_role: 'adviser',
      outcome_summary: 'As agreed.',
      factors_code: 'housing; income',
      factors_level: '2; 4',
    }).events;
    expect(assessed).toMatchObject({
      subject: 'uln:3104215838',
      data: {
        assessor: { name: 'Sam Hughes', role: 'adviser' },
        outcome: { summary: 'As agreed.' },
        factors: [
          { code: 'housing', level: 2 },
          { code: 'income', level: 4 },
        ],
      },
    });
    const agreed = { localId: 'BCT-1', programmeId: 'p-1', version: '1', objectives: 'Read; Write', time: '2026-09-08' };
    expect(row('programme.agreed', agreed).events[0]).toMatchObject({
      time: '2026-09-08T00:00:00Z',
      data: { objectives: ['Read', 'Write'] },
    });
  });

  it('that has no day of its own is told on the day of the file, or asks for it', () => {
    const referral = { localId: 'BCT-1', referralId: 'r-1', to: 'hts', route: 'other-agency' };
    expect(row('referral.made', referral).events[0]?.time).toBe('2026-11-29T00:00:00Z');
    const { toldOn: _, ...untold } = context;
    expect(row('referral.made', referral, untold).faults).toEqual([
      { code: 'time', field: 'time', says: expect.stringContaining('--told') },
    ]);
  });

  it('about no learner needs none', () => {
    const vacancy = { vacancyId: 'v-1', employer: 'Castings Ltd', title: 'Joinery trainee', area: 'WV1' };
    const [event] = row('vacancy.listed', vacancy).events;
    expect(event).toMatchObject({ data: vacancy });
    expect(event).not.toHaveProperty('subject');
  });

  it.each([
    ['nobody named', { localId: '' }, 'cell', 'localId'],
    ['a year of two digits', { startedOn: '07/09/26' }, 'cell', 'startedOn'],
    ['a code that is none', { kind: 'course' }, 'schema', 'kind'],
    ['a day that lies too far ahead', { startedOn: '2027-09-07' }, 'schema', 'startedOn'],
    ['a day that no calendar has', { startedOn: '31/09/2026' }, 'schema', 'startedOn'],
    ['an end before the start', { plannedEnd: '2026-09-01' }, 'schema', 'plannedEnd'],
    ['what is required', { title: '' }, 'schema', 'title'],
    ['a ULN that is none', { localId: '', uln: '1234567890' }, 'invalid-uln', 'uln'],
    ['a rounded id', { localId: '3.10422E+09' }, 'cell', 'localId'],
  ])('is not sent: %s', (_, wrong, code, field) => {
    const { events, faults } = row('programme.started', { ...START, ...wrong });
    expect(events).toEqual([]);
    expect(faults).toMatchObject([{ code, field }]);
  });

  it('quotes nothing of a cell in what it says', () => {
    const { faults } = row('programme.started', { ...START, startedOn: 'Aisha', kind: 'Aisha' });
    expect(JSON.stringify(faults)).not.toContain('Aisha');
  });

  it('is sent, with a warning of what somebody should look at', () => {
    const person = { localId: 'BCT-1', givenName: 'Aisha', familyName: 'K', dateOfBirth: '2010-05-06' };
    const warned = (cells: Cells) => row('learner.registered', { ...person, ...cells }).warnings.map(({ code }) => code);
    expect(warned({ contact: '7700900123' })).toEqual(['zero-lost', 'uln-missing']);
    expect(warned({ contact: '07700900123', uln: '3104215838' })).toEqual([]);
  });
});

describe('the mappings that ship', () => {
  it('are these, and name what the catalogue has', () => {
    expect(shippedMappings()).toEqual(['ccis', 'ilr']);
    for (const name of shippedMappings()) expect(shippedMapping(name, catalogue)).toMatchObject({ id: name });
  });

  const ilr = (record: string, cells: Cells): MappedRow =>
    mapped(shippedMapping('ilr', catalogue), { FilePreparationDate: '2026-10-31', LearnRefNumber: 'L1', ...cells }, record);
  const DELIVERY = {
    AimType: '1',
    AimSeqNumber: '1',
    LearnAimRef: 'ZPROG001',
    LearnStartDate: '2026-09-07',
    LearnPlanEndDate: '2027-07-31',
  };

  it('take a learner of the ILR, but not the number that means that none is known', () => {
    const { events } = ilr('Learner', {
      ULN: '9999999999',
      GivenNames: 'Aisha',
      FamilyName: 'Khan',
      DateOfBirth: '2010-05-06',
      Sex: 'F',
      Postcode: 'WV1 1AA',
    });
    expect(events).toMatchObject([{ type: 'uk.concordat.learner.registered.v1', subject: 'local:L1', time: '2026-10-31T00:00:00Z' }]);
    expect(events[0]?.data).toEqual({
      localId: 'L1',
      givenName: 'Aisha',
      familyName: 'Khan',
      dateOfBirth: '2010-05-06',
      postcode: 'WV1 1AA',
      sex: 'female',
    });
  });

  it('take programmes of the ILR, and how they ended', () => {
    const told = (cells: Cells) => ilr('LearningDelivery', { ...DELIVERY, ...cells }).events.map(({ type, data }) => [short(type), data]);
    const days = { startedOn: '2026-09-07', plannedEnd: '2027-07-31' };
    expect(told({ ProgType: '25' })).toEqual([
      ['programme.started', { programmeId: 'L1-1', kind: 'apprenticeship', title: 'ZPROG001', ...days }],
    ]);
    expect(told({ CompStatus: '3', WithdrawReason: '3', LearnActEndDate: '2026-10-01' })).toMatchObject([
      ['programme.started', { kind: 'fe-course' }],
      ['programme.left-early', { programmeId: 'L1-1', leftOn: '2026-10-01', reason: 'health' }],
    ]);
    expect(told({ CompStatus: '2', Outcome: '1', LearnActEndDate: '2026-11-01' })[1]).toMatchObject([
      'achievement.recorded',
      { awardedOn: '2026-11-01' },
    ]);
    expect(told({ AimType: '3' })).toEqual([]);
  });

  it('take destinations of the ILR by CCIS code, and refuse those that say nothing of it', () => {
    const outcome = (type: string, code: string) =>
      ilr('DPOutcome', { OutType: type, OutCode: code, OutStartDate: '2026-10-05', OutCollDate: '2026-10-20' });
    expect(outcome('EDU', '2').events).toMatchObject([{ data: { activity: '310', from: '2026-10-05', verifiedOn: '2026-10-20' } }]);
    expect(outcome('SDE', '1').faults).toMatchObject([{ code: 'cell', field: 'activity' }]);
  });

  it('take a young person of the CCIS with activity and intention, where they are told', () => {
    const person = {
      'Young person ID': 'Y1',
      'Given name': 'Ben',
      'Family name': 'Cole',
      'Date of birth': '06/05/2010',
      'Extract date': '2026-10-31',
      'Activity code': '619',
      'Activity start date': '2026-09-01',
      'Activity verified date': '2026-10-15',
      'Predicted end date': '31/12/2026',
      'Intended destination': '',
    };
    const { events } = mapped(shippedMapping('ccis', catalogue), person);
    expect(events.map(({ id, type }) => [id.slice(-2), short(type)])).toEqual([
      ['-0', 'learner.registered'],
      ['-1', 'destination.recorded'],
    ]);
    expect(events[1]?.data).toEqual({ activity: '619', from: '2026-09-01', verifiedOn: '2026-10-15', until: '2026-12-31' });
  });
});
