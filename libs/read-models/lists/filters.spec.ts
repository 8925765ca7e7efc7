// What parameters of a list take.
import { chosenIn } from './index.ts';

const FILTERS = {
  from: { says: 'First day.', period: 'day' },
  month: { says: 'Month.', period: 'month' },
  cohort: { says: 'Year.', period: 'year' },
  state: { says: 'State.', codes: ['open', 'done'], usual: 'open' },
  provider: { says: 'Slug.' },
} as const;
const ALSO = ['on', 'limit', 'cursor'];

const faultOf = (given: Readonly<Record<string, string>>): string | undefined => {
  const chosen = chosenIn(FILTERS, given, ALSO);
  return chosen.ok ? undefined : `${chosen.error.code}: ${chosen.error.says}`;
};

describe('filters', () => {
  it('take days, months and years of the calendar, codes and texts, and what is usual where nothing is said', () => {
    const given = { from: '2028-02-29', month: '2026-12', cohort: '2027', provider: 'bct' };
    expect(chosenIn(FILTERS, given, ALSO)).toEqual({ ok: true, value: { state: 'open', ...given } });
  });

  it.each([
    [{ from: '2026-02-29' }, 'filter-invalid: from takes a day from 2000 to 2099, as 2026-09-07.'],
    [{ from: '07/09/2026' }, 'filter-invalid: from takes a day from 2000 to 2099, as 2026-09-07.'],
    [{ month: '2026-13' }, 'filter-invalid: month takes a month from 2000 to 2099, as 2026-09.'],
    [{ month: '2026-09-01' }, 'filter-invalid: month takes a month from 2000 to 2099, as 2026-09.'],
    [{ cohort: '1999' }, 'filter-invalid: cohort takes a year from 2000 to 2099, as 2026.'],
    [{ state: 'gone' }, 'filter-invalid: state takes one of open, done.'],
    [{ provider: '' }, 'filter-invalid: provider takes a text of 1 to 100 characters.'],
    [{ colour: 'red' }, 'filter-unknown: It takes from, month, cohort, state, provider, on, limit, cursor alone.'],
  ])('refuse %j', (given, fault) => {
    expect(faultOf(given as unknown as Readonly<Record<string, string>>)).toBe(fault);
  });
});
