// The data manager decides whether two records are one person's, and takes it back (console.md, J8: three presses, and two).
import { learnersOfMatch, learnerStream } from '#learner-file';
import { ulnOf } from '../journeys/town.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';

let town: ConsoleTown;
let visitor: Visitor;
beforeAll(async () => {
  town = await ConsoleTown.open();
  visitor = await town.signedIn('sam');
});
afterAll(() => town.close());

const POSSIBLE = /, possible matches, number 1$/;
const look = (name: string) =>
  process.env['CONCORDAT_PICTURES'] === undefined
    ? undefined
    : visitor.page.screenshot({ path: `${process.env['CONCORDAT_PICTURES']}/data-${name}.png`, fullPage: true });

it('sees what waits, with the oldest', async () => {
  expect(await visitor.heading()).toBe('What waits for you');
  expect(await visitor.text()).toContain('Possible matches');
  expect(await visitor.hindrances()).toEqual([]);
  expect(await visitor.scrollsSideways()).toBe(false);
  await look('queues');
});

it('says what is lacking where no reason is given, and keeps nothing of it', async () => {
  await visitor.open('/data');
  await visitor.press('link', POSSIBLE);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Not sure yet');
  expect(await visitor.text()).toContain('Say why, in at most 500 characters');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/data/decisions');
  expect(await visitor.text()).not.toContain('Not sure yet');
  await visitor.open('/data');
});

it('J8: decides a match in three presses, having said why', async () => {
  const before = visitor.presses;
  await visitor.press('link', POSSIBLE);
  expect(await visitor.heading()).toBe('One person, or two?');
  expect(await visitor.text()).toContain('Given name');
  expect(await visitor.hindrances()).toEqual([]);
  await look('match');
  await visitor.fill('Why?', 'The school showed the certificate of birth.');
  await visitor.press('button', 'They are one person');
  expect(await visitor.heading()).toBe('Check before you decide');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Record the decision');
  visitor.reached('J8 decide', before);
  expect(await visitor.heading()).toBe('Recorded: they are one person');
  expect(await visitor.text()).toMatch(/Position \d+\s+Both names lead to one record from now on\.[^]*The receipt says: accepted/);
  await look('recorded');
  expect(await visitor.hindrances()).toEqual([]);
});

/** What a line says, without what it is called for whoever does not see it. */
const decisionRows = async (): Promise<readonly string[]> =>
  (await visitor.page.locator('tbody tr').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));

/** Of the two, the agency that gave the number tells something of that alone. */
const tellOfTheNumber = async (): Promise<void> => {
  const page = (await visitor.page.getByRole('link', { name: 'See it' }).getAttribute('href')) ?? '';
  const learners = learnersOfMatch(decodeURIComponent(page.split('/').at(-1) ?? '')) ?? [];
  const files = await Promise.all(learners.map((learner) => town.node.streams.files.load(learnerStream(learner))));
  const [known] = files.flatMap(({ state: { learner } }) => (learner.ulns === '' ? [] : [learner]));
  const [agency = '', uln = ''] = [known?.ulnFrom[0], known?.ulns.split('\n')[0]];
  const told = {
    type: 'learner.corrected',
    subject: `uln:${uln}`,
    data: { contact: '01902 000 000', reason: 'A new telephone.' },
  } as const;
  expect(await town.tell(agency, told)).toMatchObject([{ outcome: 'accepted' }]);
};

it('J8: undoes it in two, on the page of what was decided, having checked it', async () => {
  await tellOfTheNumber();
  await visitor.press('link', 'Undo the merge');
  expect(await visitor.hindrances()).toEqual([]);
  const before = visitor.presses;
  await visitor.fill('Why?', 'Twins, says the mother.');
  await visitor.press('button', 'Check what is undone');
  expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Check before you make them two', []]);
  expect(await visitor.text()).toMatch(
    /What is undone\s.*, sam: The school showed the certificate of birth\.\s+Why\s+Twins, says the mother\./,
  );
  await visitor.press('button', 'Make them two again');
  visitor.reached('J8 undo', before);
  expect(await visitor.text()).toContain('The merge is undone');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'See it');
  expect(await visitor.text()).toContain('It was decided that they are two people.');
  const told =
    /The merge was undone: they are two people, .*, sam: Twins, says the mother\.\s+They are one person, .*, sam: The school showed/;
  expect(await visitor.text()).toMatch(told);
  await visitor.open('/data/decisions');
  // Each act is a line of its own, the latest first; what is undone is not to be undone again.
  expect(await decisionRows()).toEqual([
    expect.stringMatching(/^Possible matches, found on .*The merge was undone: they are two people.*sam.*Twins, says the mother\./),
    expect.stringMatching(/^Possible matches, found on .*They are one person.*sam.*The school showed the certificate of birth\./),
  ]);
  expect(await visitor.page.getByRole('link', { name: /^Undo/ }).count()).toBe(0);
  expect(await visitor.hindrances()).toEqual([]);
});

it('says whose something is that was told of the number alone meanwhile, and can say otherwise', async () => {
  await visitor.open('/data');
  await visitor.press('link', /, told under a number alone, number 1$/);
  expect(await visitor.heading()).toBe('Told under a number alone');
  expect(await visitor.text()).toContain('Learner corrected, told by');
  expect(await visitor.hindrances()).toEqual([]);
  await look('under-number');
  await visitor.fill('Why?', 'They showed us the enrolment.');
  await visitor.press('button', 'It is this learner’s');
  expect(await visitor.text()).toContain('You can decide otherwise at any time');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Record the decision');
  expect(await visitor.heading()).toBe('Recorded: it is this learner’s');
  await visitor.press('link', 'See it');
  expect(await visitor.text()).toContain('It was decided: it is this learner’s. You can decide otherwise.');
  expect(await visitor.text()).toMatch(/It is this learner’s, .*, sam: They showed us the enrolment\./);
  await look('under-number-decided');
  await visitor.open('/data/decisions');
  expect((await decisionRows())[0]).toMatch(/^Told under a number alone, .*It is this learner’s.*sam They showed us the enrolment\./);
  await look('decisions');
  await visitor.page.locator('thead').getByRole('link', { name: 'Decided', exact: true }).click();
  expect(await visitor.text()).toContain('The list is sorted by decided, A to Z.');
  expect((await decisionRows()).map((row) => /It is this|The merge was|They are one/.exec(row)?.[0])).toEqual([
    ...['It is this', 'The merge was', 'They are one'],
  ]);
  expect(await visitor.hindrances()).toEqual([]);
});

it('filters findings by what they are called, asks the agency about one, and says which rules ran where they find nothing', async () => {
  await visitor.open('/data/issues');
  await visitor.page.getByLabel('Rule').selectOption({ label: 'No ULN is known 42 days after the registration.' });
  await visitor.press('button', 'Apply filters');
  expect(await visitor.page.locator('.moj-filter__tag').innerText()).toContain('No ULN is known 42 days after the registration.');
  await visitor.page
    .getByRole('link', { name: /^Ask the agency about position/ })
    .first()
    .click();
  expect(await visitor.heading()).toBe("Ask St Chad's School");
  expect(await visitor.text()).toMatch(/About the event at position \d+ of the record/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Ask the agency');
  expect(await visitor.heading()).toBe('The agency is asked');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'Back to the findings');
  expect(await visitor.text()).toContain('asked on');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/data/issues?agency=nobody');
  expect(await visitor.text()).toContain('No issues under these rules');
  expect(await visitor.text()).toContain('A programme ended before it started.');
  expect(await visitor.hindrances()).toEqual([]);
});

it.each(['/data', '/data/issues'])('%s tells by its words alone which of its tables each link in a heading is of', async (path) => {
  await visitor.open(path);
  expect(await visitor.page.locator('thead').count()).toBeGreaterThan(1);
  const names = await visitor.page.locator('thead a').evaluateAll((all) => all.map((one) => one.textContent ?? ''));
  expect(names.length).toBeGreaterThan(0);
  expect([...new Set(names)]).toEqual(names);
});

it('sorts what waits, and findings, by the links in their headings; filters keep the order', async () => {
  await visitor.open('/data');
  const queue = visitor.page.getByRole('region', { name: 'Residence unconfirmed', exact: true });
  for (const _ of ['earliest first', 'latest first']) await queue.getByRole('link', { name: /^Since.*residence unconfirmed$/ }).click();
  const days = await queue.locator('tbody time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
  expect(days.length).toBeGreaterThan(1);
  expect(days).toEqual(days.toSorted().toReversed());
  expect(await queue.getByRole('columnheader', { name: 'Since' }).getAttribute('aria-sort')).toBe('descending');
  expect(await visitor.text()).toContain('sorted by since, latest first');
  expect([await visitor.hindrances(), await visitor.scrollsSideways()]).toEqual([[], false]);
  await visitor.press('link', /own order.*residence unconfirmed/);
  await visitor.open('/data/issues?severity=warns');
  await visitor.page.locator('thead').getByRole('link', { name: 'Event at position' }).first().click();
  await visitor.page.locator('thead').getByRole('link', { name: 'Event at position' }).first().click();
  expect(await visitor.page.getByRole('columnheader', { name: 'Event at position' }).first().getAttribute('aria-sort')).toBe('descending');
  expect(await visitor.text()).toMatch(/The list is sorted by event at position, largest first\./);
  expect(await visitor.text()).toContain('The file is in the list’s own order.');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Apply filters');
  const { searchParams } = new URL(visitor.page.url());
  expect([searchParams.get('severity'), searchParams.get('sort')]).toEqual(['warns', '-position']);
});

it('lets a finding stand, with a reason', async () => {
  await visitor.open('/data/issues');
  expect(await visitor.heading()).toBe('What cannot be true, or is not known');
  expect(await visitor.hindrances()).toEqual([]);
  await look('issues');
  const waive = visitor.page.getByRole('link', { name: /^Let stand/ }).first();
  await waive.click();
  expect(await visitor.hindrances()).toEqual([]);
  // No reason is chosen for whoever presses in haste.
  await visitor.press('button', 'Let it stand');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Choose why it may stand');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('radio', 'A document was seen');
  await visitor.press('button', 'Let it stand');
  expect(await visitor.heading()).toBe('The finding is let stand');
  expect(await visitor.text()).toMatch(/Position \d+\s+It holds up no figures any more\./);
  const receipt = await (await visitor.page.request.get('/recorded/receipt.json')).json();
  expect(receipt).toMatchObject({ act: 'issue-waived', reason: 'document-seen', outcome: 'accepted', by: 'sam' });
  await visitor.press('link', 'Findings that were waived');
  expect(await visitor.heading()).toBe('What cannot be true, or is not known');
});

it('goes through what agencies claim page by page, the oldest first', async () => {
  const pupil = (n: number) => ({
    localId: `CN-9${n}`,
    uln: ulnOf(7000 + n),
    givenName: 'Robin',
    familyName: `Pupil${n}`,
    dateOfBirth: '2010-05-06',
  });
  for (let n = 10; n < 70; n++) {
    const data = { ...pupil(n), postcode: 'WV1 1AA' };
    const told = await town.tell('connexions-north', { type: 'learner.registered', subject: `uln:${data.uln}`, data });
    expect(told).toMatchObject([{ outcome: 'accepted' }]);
  }
  await visitor.open('/data');
  expect(await visitor.text()).toMatch(/Residence unconfirmed\s+\d+ or more/);
  await visitor.press('link', /^Go on after these.*, residence unconfirmed$/);
  expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Residence unconfirmed', []]);
  await visitor.press('link', /, residence unconfirmed, number 1$/);
  expect(await visitor.text()).toContain('itself says so');
  await visitor.open('/data/ties?kind=adviser-unconfirmed');
  expect([await visitor.text(), await visitor.hindrances()]).toEqual([expect.stringContaining('That is all.'), []]);
  expect((await visitor.page.goto('/data/ties?kind=possible-match'))?.status()).toBe(404);
});

it('works without scripts, on a narrow screen, and for nobody else', async () => {
  const narrow = await town.signedIn('sam', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  expect(await narrow.heading()).toBe('What waits for you');
  expect(await narrow.scrollsSideways()).toBe(false);
  await narrow.press('link', /, residence unconfirmed, number 1$/);
  expect(await narrow.heading()).toBe('Residence unconfirmed');
  expect(await narrow.text()).toContain('itself says so');
  expect(await narrow.scrollsSideways()).toBe(false);
  const officer = await town.signedIn('olu');
  expect((await officer.page.goto('/data'))?.status()).toBe(403);
});
