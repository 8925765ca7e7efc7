// A provider's spreadsheet comes into the broker: looked at first, stopped half way, given again (views.md, S16).
import { writeFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { shippedCatalogue } from '#catalogue';
import { ConcordatClient, signingKeyOf } from '#client';
import { londonDate, systemClock } from '#kernel';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { importFile, type RowReport } from '../../apps/cli/import/import-file.ts';
import { mappingOfType } from '../../apps/cli/import/mapping.ts';
import { freePort } from '../broker-process.ts';
import { fresh, Town } from './town.ts';

jest.setTimeout(120_000);
const place = new Workplace();
const catalogue = shippedCatalogue();
const today = londonDate(systemClock.now());
const year = Number(today.slice(0, 4));
let town: Town;

beforeAll(async () => {
  const port = String(await freePort());
  town = await Town.open({ environment: { PORT: port, CONCORDAT_ISSUER: `http://127.0.0.1:${port}` } });
  writeFileSync(place.path('key.json'), JSON.stringify(town.keyOf('forge').privateJwk));
});
afterAll(async () => {
  await town.close();
  place.remove();
});

const file = (name: string, text: string | Uint8Array): string => {
  writeFileSync(place.path(name), text);
  return place.path(name);
};
const told = ['--agency', 'forge', '--told', `${year - 1}-09-30`];
const importing = (...words: readonly string[]) =>
  place.run(['import', ...words, ...told, '--key', place.path('key.json'), '--url', town.server.url]);
const countIn = (err: string): string => /^\d+ rows: .*$/m.exec(err)?.[0] ?? err;

/** Learners that the provider knows, by its own ids. */
const known = async (count: number): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => fresh('F'));
  const rows = ids.map((id) => `${id},Sam,Example-${id},06/05/${year - 16},WV1 1AA`);
  const people = file(`${fresh('people')}.csv`, `localId,givenName,familyName,dateOfBirth,postcode\r\n${rows.join('\r\n')}\r\n`);
  expect((await importing('csv', people, '--type', 'learner.registered')).err).toContain(`${count} rows: ${count} accepted.`);
  return ids;
};

const HEAD = 'localId,programmeId,kind,title,startedOn,plannedEnd';
const WRONG = [14, 60, 77];
/** Three of them end before they start. */
const startsOf = (ids: readonly string[]): string => {
  const rows = ids.map((id, place) => {
    const end = WRONG.includes(place + 2) ? `01/09/${year - 1}` : `31/07/${year}`;
    return `${id},${fresh('p')},e2e,"Entry to Employment, Bilston",07/09/${year - 1},${end}`;
  });
  return file(`${fresh('starts')}.csv`, `${HEAD}\r\n${rows.join('\r\n')}\r\n`);
};

describe('a table of 120 starts, three of which end before they start', () => {
  it('is looked at first, stopped half way, and given again', async () => {
    const starts = startsOf(await known(120));
    const dry = await place.run(['import', 'csv', starts, '--type', 'programme.started', ...told, '--dry-run']);
    expect(dry.code).toBe(1);
    expect(countIn(dry.err)).toBe('120 rows: 117 would-be-sent, 3 rejected.');
    expect(dry.out.split('\n').slice(1, 4)).toEqual(
      WRONG.map((row) => expect.stringMatching(new RegExp(`^${row} +rejected +schema +plannedEnd `))),
    );

    const client = new ConcordatClient({
      url: town.server.url,
      agency: 'forge',
      key: await signingKeyOf(town.keyOf('forge').privateJwk),
    });
    const plan = { file: starts, agency: 'forge', catalogue, mapping: mappingOfType(catalogue.byShort('programme.started')), today };
    const first: RowReport[] = [];
    for await (const report of importFile({ ...plan, send: (events) => client.send(events) })) {
      first.push(report);
      if (report.row === 80) break;
    }
    expect(first.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(76);

    const again = await importing('csv', starts, '--type', 'programme.started');
    expect(countIn(again.err)).toBe('120 rows: 97 duplicate, 3 rejected, 20 accepted.');
    const third = await importing('csv', starts, '--type', 'programme.started', '--report', place.path('report.csv'));
    expect(countIn(third.err)).toBe('120 rows: 117 duplicate, 3 rejected.');
    const [id = ''] = await known(1);
    const { body } = await town.passport('forge', 'deliver-programme', `local:${id}`);
    expect(body.items?.map(({ type }) => type)).toEqual(['uk.concordat.learner.registered.v1']);
  });
});

describe('what a spreadsheet does', () => {
  it('is met: Windows-1252, semicolons, days as people write them', async () => {
    const id = fresh('F');
    const people = file(
      'windows.csv',
      Buffer.from(`localId;givenName;familyName;dateOfBirth\r\n${id};Zo\xeb;D'Arcy;6/5/${year - 16}\r\n`, 'latin1'),
    );
    expect(countIn((await importing('csv', people, '--type', 'learner.registered')).err)).toBe('1 rows: 1 accepted.');
    const { body } = await town.passport('forge', 'deliver-programme', `local:${id}`);
    expect(body.items?.[0]?.data).toMatchObject({ givenName: 'Zoë', familyName: "D'Arcy", dateOfBirth: `${year - 16}-05-06` });
  });

  it('that spoils a row is told with the row and the column, and what is sound is recorded', async () => {
    const rows = [`${fresh('F')},Ann,Example,06/05/10`, `3.10422E+09,Bea,Example,06/05/2010`, `${fresh('F')},Cy,Example,06/05/2010`];
    const people = file('spoilt.csv', `localId,givenName,familyName,dateOfBirth\n${rows.join('\n')}\n`);
    const { code, out, err } = await importing('csv', people, '--type', 'learner.registered', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([
      { row: 2, outcome: 'rejected', findings: [{ code: 'cell', field: 'dateOfBirth', says: expect.stringContaining('four digits') }] },
      { row: 3, outcome: 'rejected', findings: [{ code: 'cell', field: 'localId', says: expect.stringContaining('rounded') }] },
      { row: 4, outcome: 'accepted', findings: [{ code: 'uln-missing', field: 'uln', says: expect.any(String) }] },
    ]);
    expect(`${out}${err}`).not.toMatch(/Ann|Bea|3\.1/);
  });

  it.each([
    ['a column that is not known', 'localId,givenNames\nF-1,Ann\n', /Column 2 of the head has a name that is not known/],
    ['no row', 'localId,givenName\n', /holds no record/],
    ['a row that is too long', 'localId,givenName\nF-1,Ann,Bea\n', /^concordat: Line 2 has more or fewer cells/],
  ])('and leaves nothing to send is refused: %s', async (_, text, says) => {
    const { code, err } = await importing('csv', file('wrong.csv', text), '--type', 'learner.registered');
    expect([code, err]).toEqual([1, expect.stringMatching(says)]);
  });
});

describe('the files that agencies make for others already', () => {
  it('come in by their mappings: the ILR, with programmes and destinations', async () => {
    const ilr = `<?xml version="1.0" encoding="utf-8"?>
<Message xmlns="ESFA/ILR/2025-26"><Header><CollectionDetails><FilePreparationDate>${year - 1}-10-31</FilePreparationDate></CollectionDetails></Header>
<Learner><LearnRefNumber>ILR1</LearnRefNumber><ULN>9999999999</ULN><FamilyName>Khan</FamilyName><GivenNames>Dev</GivenNames>
<DateOfBirth>${year - 17}-05-06</DateOfBirth><Sex>M</Sex><Postcode>WV1 1AA</Postcode>
<LearningDelivery><LearnAimRef>ZPROG001</LearnAimRef><AimType>1</AimType><AimSeqNumber>1</AimSeqNumber><LearnStartDate>${year - 1}-09-07</LearnStartDate>
<LearnPlanEndDate>${year}-07-31</LearnPlanEndDate><ProgType>25</ProgType><CompStatus>1</CompStatus></LearningDelivery></Learner>
<LearnerDestinationandProgression><LearnRefNumber>ILR1</LearnRefNumber><ULN>9999999999</ULN>
<DPOutcome><OutType>EDU</OutType><OutCode>2</OutCode><OutStartDate>${year - 1}-09-07</OutStartDate><OutCollDate>${year - 1}-10-20</OutCollDate></DPOutcome>
</LearnerDestinationandProgression></Message>`;
    const { err } = await importing('ilr', file('ilr.xml', ilr));
    expect(countIn(err)).toMatch(/^4 rows: .*accepted/);
    const { body } = await town.passport('forge', 'deliver-programme', 'local:ILR1');
    expect(body.items?.map(({ type, data }) => [type.split('.')[2], data['kind'] ?? data['activity']])).toEqual(
      expect.arrayContaining([
        ['learner', undefined],
        ['programme', 'apprenticeship'],
      ]),
    );
  });

  it('or by one of one’s own', async () => {
    const mapping = {
      id: 'ours',
      title: 'Our register',
      says: 'What our system calls its columns.',
      form: 'table',
      events: [
        {
          type: 'learner.registered',
          subject: { local: 'Ref' },
          data: { localId: 'Ref', givenName: 'First', familyName: 'Last', dateOfBirth: 'Born' },
        },
      ],
    };
    const people = file('ours.csv', `Ref,First,Last,Born\n${fresh('F')},Ann,Example,06/05/${year - 16}\n`);
    const { err } = await importing('csv', people, '--mapping', file('ours.json', JSON.stringify(mapping)));
    expect(countIn(err)).toBe('1 rows: 1 accepted.');
    const wrong = { ...mapping, events: [{ ...mapping.events[0], data: { nickname: 'First' } }] };
    const refused = await importing('csv', people, '--mapping', file('wrong.json', JSON.stringify(wrong)));
    expect(refused.err).toContain('learner.registered has no field nickname.');
  });
});

it('asks for what it needs', async () => {
  const { code, err } = await place.run(['import', 'csv', 'x.csv', '--agency', 'forge']);
  expect([code, err]).toEqual([2, 'concordat: Give the signing key with --key, or --dry-run to send nothing.\n']);
  expect((await importing('xls', 'x.csv')).err).toContain('Say csv, ccis or ilr');
  expect((await importing('csv', 'x.csv')).err).toContain('Name with --type what the rows are');
});
