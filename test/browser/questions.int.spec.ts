// A learner complains and asks; the officer of the agency acknowledges and answers on the same line, each within four presses from the
// first page, and the learner reads it there (console.md, J7). Whoever else signs in finds nothing of it.
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';

const TRAINING = 'Black Country Training';
const COMPLAINT = 'My old address is still there.';
const QUESTION = 'Why did you look at my assessment?';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const learner = await town.signedIn('aisha.rahman');
  await write(learner, '/me/complaints/new', COMPLAINT);
  await write(learner, '/me/questions/new', QUESTION);
});
afterAll(() => town.close());

const write = async (learner: Visitor, path: string, text: string): Promise<void> => {
  await learner.open(path);
  await learner.page.locator('select[name="about"]').selectOption({ label: TRAINING });
  await learner.page.locator('textarea[name="text"]').fill(text);
  await learner.press('button', 'Continue');
  await learner.press('button', 'Send');
  await town.settled();
};

const TO_ANSWER = /questions? (?:or|and) complaints? of learners to answer/;
/** The one that came last: the story has some of its own. */
const openLast = async (visitor: Visitor, kind: 'Complaint' | 'Question'): Promise<void> => {
  const { page } = visitor;
  const link = page.getByRole('link', { name: new RegExp(`^${kind} of`) }).last();
  await visitor.pressOn(link);
};
const queueOf = async (id: PersonId): Promise<Visitor> => {
  await town.settled();
  const visitor = await town.signedIn(id);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('link', TO_ANSWER);
  expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Questions and complaints', []]);
  return visitor;
};

describe('the officer of the agency that was asked', () => {
  it('J7: acknowledges a complaint within four presses, then answers it on the same line within four', async () => {
    const visitor = await queueOf('bea');
    expect(await visitor.text()).not.toContain(COMPLAINT);
    await openLast(visitor, 'Complaint');
    expect([await visitor.text(), await visitor.hindrances()]).toEqual([expect.stringContaining(COMPLAINT), []]);
    await visitor.press('button', 'Check the acknowledgement');
    expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Check before you send', []]);
    await visitor.press('button', 'Sign and send');
    expect(visitor.presses).toBeLessThanOrEqual(4);
    expect(await visitor.text()).toMatch(/Acknowledged: recorded at position \d+/);
    expect(await visitor.hindrances()).toEqual([]);

    const again = await queueOf('bea');
    await openLast(again, 'Complaint');
    expect(await again.text()).toContain('Your agency acknowledged it');
    expect(await again.page.getByRole('button', { name: 'Check the acknowledgement' }).count()).toBe(0);
    await again.fill(/Your answer/, 'It is corrected.\nWe are sorry.');
    await again.press('button', 'Check the answer');
    await again.press('button', 'Sign and send');
    expect(again.presses).toBeLessThanOrEqual(4);
    expect(await again.text()).toMatch(/Answered: recorded at position \d+[^]*It is corrected/);
    const receipt = (await (await again.page.request.get(`${again.page.url()}/receipt.json`)).json()) as { readonly outcome: string };
    expect(receipt.outcome).toBe('accepted');

    const learner = await town.signedIn('aisha.rahman');
    await learner.open('/me/questions');
    const told = await learner.text();
    expect(told).toMatch(
      /My old address is still there\.[^]*We have your complaint and look into it\.[^]*It is corrected\.\nWe are sorry\./,
    );
    expect(await learner.hindrances()).toEqual([]);
    await learner.open('/me/seen');
    expect(await learner.text()).toContain('So that you get an answer when you ask about your data');
  });

  it('answers a question within four presses, without script', async () => {
    const visitor = await town.signedIn('bea', { javaScriptEnabled: false });
    await visitor.press('link', TO_ANSWER);
    await openLast(visitor, 'Question');
    await visitor.fill(/Your answer/, 'To plan your course.');
    await visitor.press('button', 'Check the answer');
    await visitor.press('button', 'Sign and send');
    expect(visitor.presses).toBeLessThanOrEqual(4);
    await visitor.open('/dpo/questions?state=answered');
    expect(await visitor.text()).toContain('Answered');
  });

  it('is told what is missing, and keeps what was written, on a narrow screen too', async () => {
    const visitor = await town.signedIn('bea', { viewport: { width: 320, height: 640 } });
    await visitor.open('/dpo/questions?state=answered');
    expect([await visitor.hindrances(), await visitor.scrollsSideways()]).toEqual([[], false]);
    const learner = await town.signedIn('aisha.rahman');
    await write(learner, '/me/questions/new', 'Is my address right now?');
    await visitor.open('/dpo/questions');
    await openLast(visitor, 'Question');
    await visitor.press('button', 'Check the answer');
    expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Write what the learner is to read');
    expect([await visitor.hindrances(), await visitor.scrollsSideways()]).toEqual([[], false]);
    await visitor.fill(/Your answer/, 'It is.');
    await visitor.press('button', 'Check the answer');
    await visitor.press('link', 'Change something');
    expect(await visitor.page.getByLabel(/Your answer/).inputValue()).toBe('It is.');
  });
});

describe('whoever else signs in', () => {
  it('sees of it the days alone, as the partnership’s officer', async () => {
    const visitor = await queueOf('olu');
    expect(await visitor.text()).toContain(TRAINING);
    expect(await visitor.text()).not.toMatch(/address|assessment/);
    expect(await visitor.page.locator('tbody a').count()).toBe(0);
    const position = await positionOf('bea');
    expect((await visitor.page.goto(`/dpo/questions/${position}`))?.status()).toBe(404);
  });

  it.each(['k.reid', 'sam', 'aisha.rahman'] as const)('is turned away, as %s', async (id) => {
    const visitor = await town.signedIn(id);
    const position = await positionOf('bea');
    for (const path of ['/dpo/questions', `/dpo/questions/${position}`, `/dpo/questions/${position}/check`])
      expect((await visitor.page.request.get(path, { maxRedirects: 0 })).status()).toBe(403);
  });
});

const positionOf = async (id: PersonId): Promise<string> => {
  await town.settled();
  const visitor = await town.signedIn(id);
  await visitor.open('/dpo/questions?state=answered');
  return (await visitor.page.locator('tbody a').first().getAttribute('href'))?.split('/').at(-1) ?? '';
};
