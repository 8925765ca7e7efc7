import { chosenFilters, DISCLOSURE_FILTERS, fileOfDisclosures, fileSays } from './disclosure-filters.ts';

const REF = 'psn:u2Yq8T0bq0y0u7rZb8yq3w';
const named = (text: string): string => (text === 'forge' ? 'Forge Apprenticeships' : text);
const PATH = '/dpo/learners/psn%3Au2Yq8T0bq0y0u7rZb8yq3w/disclosures';

it('each chosen filter is told in words, and can be taken away alone', () => {
  expect(chosenFilters(REF, { outcome: 'refused', recipient: 'forge' }, named)).toEqual([
    { text: 'Outcome: Refused', href: `${PATH}?recipient=forge` },
    { text: 'Who: Forge Apprenticeships', href: `${PATH}?outcome=refused` },
  ]);
  expect(chosenFilters(REF, { from: '2026-09-03' }, named)).toEqual([{ text: 'From the day: 3 September 2026', href: PATH }]);
  expect(chosenFilters(REF, { from: 'soon', staff: 'd.lal' }, named).map(({ text }) => text)).toEqual([
    'Member of staff: d.lal',
    'From the day: soon',
  ]);
});

it('every column can be filtered', () => {
  const columns = ['recipient', 'staff', 'purpose', 'clause', 'basis', 'consent', 'category', 'outcome', 'route', 'from', 'to'];
  expect([...DISCLOSURE_FILTERS].sort()).toEqual(columns.sort());
});

it('the file asks what the page asked, and says what it leaves behind', () => {
  expect(fileOfDisclosures(REF, {})).toBe(`${PATH}.csv`);
  expect(fileOfDisclosures(REF, { clause: 'e2e-passport@1#EP3' })).toBe(`${PATH}.csv?clause=e2e-passport%401%23EP3`);
  expect(fileSays(1)).toMatch(/^1 row will be recorded/);
  expect(fileSays(1200)).toMatch(/^1,200 rows will be recorded/);
});
