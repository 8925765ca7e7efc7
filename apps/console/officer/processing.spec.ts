import { parse } from 'csv-parse/sync';
import { shippedProtocols } from '#sharing-protocols';
import { nameInWords } from '../broker/agency-names.ts';
import { type ProcessingAgreement, processingFile, processingOf, termInWords } from './processing.ts';

const agreementOf = (id: string): ProcessingAgreement => {
  const document = shippedProtocols().find((one) => one.id === id);
  if (document === undefined) throw new Error(`${id} does not ship.`);
  const parties = [
    { agency: 'black-country-training', leftOn: null },
    { agency: 'city-yot', leftOn: '2026-09-01' },
  ];
  return { ...document, parties, document };
};
const youthJustice = () => processingOf(agreementOf('youth-justice'), nameInWords);

describe('the record of processing', () => {
  it('has an activity for each clause, with why, what, whom, on which ground and for how long', () => {
    const { activities } = youthJustice();
    expect(activities.map(({ clause }) => clause)).toEqual(['YJ1', 'YJ2', 'YJ3', 'YJ4', 'YJ5', 'YJ6']);
    expect(activities[2]).toEqual({
      clause: 'YJ3',
      purposes: ['So that the people who support you know how you are getting on and what help you need.'],
      categories: ['offence noted'],
      from: 'Youth offending teams',
      recipients: ['Training providers'],
      basis: 'Article 6(1)(e); Article 10: DPA 2018 Sch. 1 para. 29 (consent)',
      consent: 'with explicit consent',
      kept: '3 months',
    });
  });

  it('names as controllers who is a party still', () => {
    expect(youthJustice().controllers).toEqual(['Black Country Training']);
  });

  it('as a file says the same, a line a clause', () => {
    const records = shippedProtocols().map(({ id }) => processingOf(agreementOf(id), nameInWords));
    const lines = parse(processingFile(records), { columns: true }) as readonly Readonly<Record<string, string>>[];
    const all = records.flatMap(({ title, activities }) => activities.map(({ clause, kept }) => [title, clause, kept]));
    expect(lines.map((line) => [line['agreement'], line['clause'], line['keptFor']])).toEqual(all);
    expect(lines.filter((line) => Object.values(line).some((cell) => /undefined|\[object/.test(cell)))).toEqual([]);
  });

  it.each([
    ['P1Y6M', '1 year 6 months'],
    ['P90D', '90 days'],
    ['P1W', '1 week'],
    ['P0D', 'not kept'],
  ])('tells %s as %s', (duration, said) => {
    expect(termInWords(duration)).toBe(said);
  });
});
