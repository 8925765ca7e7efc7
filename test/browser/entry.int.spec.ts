// Staff without a management system enter what they know: form, check, signed and recorded (console.md, 4.3; views.md, N12).
import { createHash } from 'node:crypto';
import { person } from '../../apps/cli/demo/people.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const day = async ({ page }: Visitor, name: string, [d, m, y]: readonly [string, string, string]): Promise<void> => {
  await page.locator(`[name="${name}-day"]`).fill(d);
  await page.locator(`[name="${name}-month"]`).fill(m);
  await page.locator(`[name="${name}-year"]`).fill(y);
};
const working = async (visitor: Visitor, on: string): Promise<void> => {
  await visitor.open('/purpose?then=/staff/enter');
  await visitor.press('checkbox', on);
  await visitor.press('button', 'Continue');
};

it('offers what the agency’s agreements let it record, and nothing else', async () => {
  const visitor = await town.signedIn('k.reid');
  await visitor.open('/staff/enter');
  expect(await visitor.text()).toContain('Assessment recorded');
  expect(await visitor.text()).not.toContain('Offence noted');
  expect(await visitor.hindrances()).toEqual([]);
  expect((await visitor.page.goto('/staff/enter/offence.noted'))?.status()).toBe(404);
});

it('says field by field what is lacking, and keeps what was entered', async () => {
  const visitor = await town.signedIn('k.reid');
  await visitor.open('/staff/enter/achievement.recorded');
  await visitor.page.locator('[name="title"]').fill('First aid at work');
  await visitor.press('button', 'Check what you entered');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Enter your own id for the learner');
  expect(await visitor.page.locator('[name="title"]').inputValue()).toBe('First aid at work');
  expect(await visitor.hindrances()).toEqual([]);
});

it('records what was checked, once, signed for the agency and naming who entered it', async () => {
  const visitor = await town.signedIn('k.reid', { javaScriptEnabled: false });
  await visitor.open('/staff/enter/achievement.recorded');
  await visitor.page.locator('[name="learner"]').fill('BCT-1001');
  await visitor.page.locator('[name="title"]').fill('First aid at work');
  await visitor.press('radio', 'Accredited');
  await day(visitor, 'awardedOn', ['3', '9', '2026']);
  await visitor.press('button', 'Check what you entered');
  expect(await visitor.text()).toContain('local:BCT-1001');
  await visitor.press('button', 'Sign and send');
  expect(await visitor.heading()).toBe('Recorded');
  const receipt = (await (await visitor.page.request.get('/staff/enter/achievement.recorded/receipt.json')).json()) as {
    readonly outcome: string;
    readonly position: string;
    readonly source: string;
  };
  expect(receipt).toMatchObject({ outcome: 'accepted', source: 'urn:concordat:agency:black-country-training' });
  const again = await visitor.page.request.get('/staff/enter/achievement.recorded/check', { maxRedirects: 0 });
  expect(again.headers()['location']).toBe('/staff/enter/achievement.recorded');
  const [recorded] = await town.node.store.readAll({ after: Number(receipt.position) - 1, limit: 1 });
  expect(recorded?.type).toBe('uk.concordat.achievement.recorded.v1');
});

it('points at what says who somebody is in a text before it is sent, and sends it all the same', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/purpose?then=/staff');
  for (const box of await visitor.page.getByRole('checkbox').all()) await box.check();
  await visitor.press('button', 'Continue');
  const reason = async (text: string): Promise<void> => {
    await visitor.open('/staff/enter/provision.gap-raised');
    await visitor.fill('Area', 'Wednesfield');
    await visitor.fill('Reason', text);
    await visitor.press('button', 'Check what you entered');
  };
  await visitor.open('/staff/enter/provision.gap-raised');
  expect(await visitor.text()).toContain('Name nobody in it');
  await reason('Amy wants bricklaying; ring 07700 900123');
  expect(await visitor.text()).toContain('there is a telephone number in it.');
  expect(await visitor.text()).not.toContain('name of a learner');
  await visitor.open('/staff');
  await visitor.pressFirst(/^Amy Fletcher$/);
  await reason('Amy wants bricklaying; ring 07700 900123');
  expect(await visitor.text()).toContain('there is a telephone number, the name of a learner whose record you saw in it.');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Sign and send as it is');
  expect(await visitor.heading()).toBe('Recorded');
  await reason('Nobody offers bricklaying');
  expect(await visitor.page.getByRole('button', { name: 'Sign and send', exact: true }).count()).toBe(1);
});

it('meets an assessment that is valid before it is sent again', async () => {
  const visitor = await town.signedIn('k.reid');
  await working(visitor, 'Plan learning');
  await visitor.open('/staff/learners/local:BCT-1001');
  await visitor.open('/staff/enter/assessment.recorded');
  await visitor.page.locator('[name="learner"]').fill('BCT-1001');
  await visitor.press('radio', 'Initial assessment');
  await visitor.page.locator('[name="domain"]').fill('literacy');
  await visitor.page.locator('[name="instrument"]').fill('BSA Initial Assessment');
  await day(visitor, 'assessedOn', ['20', '11', '2026']);
  await visitor.page.locator('[name="assessor.name"]').fill('K. Reid');
  await visitor.page.locator('[name="assessor.role"]').fill('key worker');
  await visitor.page.locator('[name="outcome.summary"]').fill('Reads well');
  await visitor.press('button', 'Check what you entered');
  expect(await visitor.text()).toContain('Nobody needs to take it again');
  await visitor.press('link', 'Open what there is');
  expect([await visitor.heading(), new URL(visitor.page.url()).pathname]).toEqual(['What do we have?', expect.stringContaining('psn')]);
  await visitor.page.goBack();
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Sign and send');
  expect(await visitor.heading()).toBe('There is one already');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'Open what there is');
  expect([await visitor.heading(), new URL(visitor.page.url()).pathname]).toEqual(['What do we have?', expect.stringContaining('psn')]);
});

it('asks whose is meant where several agencies have something by an id, and sends it once that was checked', async () => {
  const { uln, givenName, familyName, dateOfBirth, postcode } = person(1, 'Aisha Rahman', 'WV1 1AA');
  const started = { programmeId: 'programme-1', kind: 'e2e', title: 'E2E: retail', startedOn: '2026-11-02', plannedEnd: '2027-04-30' };
  const told = await town.tell(
    'heath-town-skills',
    { type: 'learner.registered', subject: `uln:${uln}`, data: { localId: 'HTS-901', uln, givenName, familyName, dateOfBirth, postcode } },
    { type: 'programme.started', subject: 'local:HTS-901', data: started as never },
  );
  expect(told).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
  const confirmed = { type: 'tie.confirmed', subject: `uln:${uln}`, data: { agency: 'heath-town-skills' } } as const;
  expect(await town.tell('connexions-north', confirmed)).toMatchObject([{ outcome: 'accepted' }]);
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/staff/enter/follow-up.made');
  for (const [name, value] of Object.entries({ learner: 'CN-1001', programmeId: 'programme-1', by: 'D. Lal', outcome: 'Goes on.' }))
    await visitor.page.locator(`[name="${name}"]`).fill(value);
  await day(visitor, 'on', ['23', '11', '2026']);
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
  expect(await visitor.text()).toContain('Several agencies have something by that id. Say whose you mean.');
  expect(await visitor.page.locator('input[type=radio]:checked').count()).toBe(0);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Check before you send it again');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Choose whose you mean');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.page.getByRole('radio', { name: 'Heath Town Skills', exact: true }).check();
  await visitor.press('button', 'Check before you send it again');
  expect(await visitor.heading()).toBe('Check before you send');
  expect(await visitor.text()).toMatch(/Of\s+Heath Town Skills/);
  await visitor.press('button', 'Sign and send');
  expect(await visitor.heading()).toBe('Recorded');
  const receipt = (await (await visitor.page.request.get('/staff/enter/follow-up.made/receipt.json')).json()) as {
    readonly position: string;
  };
  const [recorded] = await town.node.store.readAll({ after: Number(receipt.position) - 1, limit: 1 });
  expect(recorded?.type).toBe('uk.concordat.follow-up.made.v1');
});

const SCAN = {
  name: 'form.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7 signed'), Buffer.alloc(3_000_000, 7)]),
};
const FINGERPRINT = `sha-256:${createHash('sha256').update(SCAN.buffer).digest('hex')}`;

it('records of a scan of the signed form its fingerprint alone, and asks for it once', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/staff/consent/new/initial-assessment-reuse');
  await visitor.page.locator('[name="scan"]').setInputFiles(SCAN);
  await visitor.page.locator('[name="evidence"]').fill('Form 17');
  await visitor.press('button', 'Says yes');
  expect(await visitor.text()).toContain(`Its fingerprint: ${FINGERPRINT}`);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.page.locator('[name="learner"]').fill('CN-1002');
  for (const one of ['Apir', 'Provider']) await visitor.press('checkbox', one);
  for (const one of ['Learner', 'Signed form']) await visitor.press('radio', one);
  await visitor.press('button', 'Says yes');
  expect(await visitor.text()).toContain(`Form 17; scan ${FINGERPRINT}`);
  expect(await visitor.hindrances()).toEqual([]);
  const { mark, text } = { mark: await town.node.store.head(), text: await visitor.page.content() };
  expect(text).not.toContain('%PDF');
  await visitor.press('button', 'Sign and send');
  expect(await visitor.text()).toContain(`What was recorded as proof: Form 17; scan ${FINGERPRINT}.`);
  expect(await town.node.store.head()).toBeGreaterThan(mark);
  expect(await visitor.hindrances()).toEqual([]);
});

it('reads no scan that is larger than it says, nor any from whoever is not signed in', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/staff/consent/new/initial-assessment-reuse');
  const token = await visitor.page.locator('main input[name="_csrf"]').inputValue();
  const scan = { ...SCAN, buffer: Buffer.alloc(9 * 1024 * 1024, 7) };
  const send = async ({ page }: Visitor) =>
    page.request.post('/staff/consent/new/initial-assessment-reuse', { multipart: { _csrf: token, scan }, maxRedirects: 0 });
  const refused = await send(visitor);
  expect([refused.status(), await refused.text()]).toEqual([413, expect.stringContaining('That is too large')]);
  expect((await send(await town.stranger())).headers()['location']).toMatch(/^\/sign-in/);
});

it('writes down a consent with nothing ticked before, and a no as large as a yes', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/staff/consent/new');
  await visitor.press('link', 'Reuse of the APIR assessment');
  expect(await visitor.page.locator('input[type=checkbox]:checked').count()).toBe(0);
  expect(await visitor.text()).toContain('your adviser’s full picture');
  await visitor.press('link', 'In Welsh');
  expect(await visitor.page.locator('.govuk-checkboxes__hint[lang="cy"]').allInnerTexts()).toContain('darlun llawn eich cynghorydd');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', 'In English');
  const sizes = await Promise.all(
    ['Says yes', 'Says no'].map(async (name) => (await visitor.page.getByRole('button', { name }).boundingBox())?.height),
  );
  expect(sizes[0]).toBe(sizes[1]);
  await visitor.press('button', 'Says yes');
  expect(await visitor.page.locator('.govuk-error-summary li').count()).toBe(5);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.page.locator('[name="learner"]').fill('CN-1001');
  await visitor.press('checkbox', 'Apir');
  await visitor.press('checkbox', 'Provider');
  await visitor.press('radio', 'Learner');
  await visitor.press('radio', 'Signed form');
  await visitor.press('button', 'Says yes');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Sign and send');
  expect(await visitor.heading()).toBe('Consent recorded');
  expect(await visitor.hindrances()).toEqual([]);
  const receipt = await visitor.page.request.get('/staff/consent/receipt.json');
  expect(receipt.headers()['content-disposition']).toBe('attachment; filename="receipt.json"');
  expect(await receipt.json()).toMatchObject({ outcome: 'accepted', position: expect.stringMatching(/^\d+$/) });
  await town.node.projections.waitFor('consents', await town.node.store.head(), 10_000);
  const officer = await town.signedIn('olu');
  await officer.open('/dpo/consents?protocol=initial-assessment-reuse&method=signed-form');
  await officer.page.locator('tbody th a').first().click();
  expect(await officer.text()).toMatch(/What it said\s+So that \w/);
  expect(await officer.hindrances()).toEqual([]);
  expect(await officer.page.getByText(/^Printed on/).isVisible()).toBe(false);
  await officer.page.emulateMedia({ media: 'print' });
  expect(await officer.page.getByText(/^As recorded up to position \d+\.$/).isVisible()).toBe(true);
  expect(await officer.page.getByText(/^Printed on \d+ \w+ \d{4}, .* data protection officer of the partnership\.$/).isVisible()).toBe(
    true,
  );
});
