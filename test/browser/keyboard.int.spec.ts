// Whole journeys by keyboard alone: J1, J10, J14 and J18 (console.md, 8); and what stopping does, within two seconds: the agency's next
// request is refused, its feed has lost what rested on the consent, it has a notice to answer, and the learner's page says all three.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { person } from '../../apps/cli/demo/people.ts';
import { ByKeyboard } from './by-keyboard.ts';
import { ConsoleTown } from './console-town.ts';
import { type RunningFeeds, runFeeds } from './kept-feeds.ts';
import { ADVISING, arrives, working } from './staff-visit.ts';

const TRAINING = 'black-country-training';
const EFFECT_MS = 2000;

const directory = mkdtempSync(join(tmpdir(), 'keyboard-'));
let town: ConsoleTown;
let feeds: RunningFeeds;
beforeAll(async () => {
  town = await ConsoleTown.open();
  feeds = runFeeds(town.node, directory);
  await feeds.caughtUp();
});
afterAll(async () => {
  await feeds.close();
  await town.close();
  rmSync(directory, { recursive: true });
});

it('J1: who saw what of this child, and was it right', async () => {
  const visitor = await town.signedIn('olu');
  const keys = new ByKeyboard(visitor);
  await keys.type(visitor.page.getByLabel('What do you have in hand?'), person(1, 'Aisha Rahman', '').uln);
  await keys.press('button', 'Find it');
  await keys.press('link', 'Who saw it');
  await keys.press('link', /by Black Country Training, position/);
  await keys.press('button', 'Check again');
  expect(await visitor.text()).toMatch(/Decided again at .*: the same\./);
});

it('J10: an overdue follow-up is recorded', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  const keys = new ByKeyboard(visitor);
  await keys.press('button', /Record follow-up\s+for Owen Price/);
  await keys.type(visitor.page.locator('[name="outcome"]'), 'Spoke on the phone; goes on with the course.');
  await keys.press('button', 'Check what you entered');
  await keys.press('button', 'Sign and send');
  await arrives(visitor, 'Recorded');
});

it('J14: who asks is answered', async () => {
  const data = {
    protocol: 'e2e-passport',
    purposes: ['plan-learning'],
    categories: ['review'],
    recipients: ['provider'],
    until: '2027-12-31',
  };
  await town.tell('connexions-north', { type: 'consent.requested', subject: `uln:${person(401, 'Keira Walsh', '').uln}`, data });
  const visitor = await town.signedIn('keira.walsh');
  const keys = new ByKeyboard(visitor);
  await keys.press('link', 'See what Connexions North asks');
  await keys.press('button', 'Say yes to all of it');
  await keys.press('button', 'Yes, share it');
  await arrives(visitor, 'You said yes');
});

interface Shown {
  readonly items: readonly { readonly clause: string; readonly type: string }[];
}

const asTraining = async (path: string): Promise<unknown> => {
  const authorization = `Bearer ${await town.node.tokens.issue({ agency: TRAINING })}`;
  return (await fetch(`${town.broker.url}${path}`, { headers: { authorization, purpose: 'plan-learning' } })).json();
};
const onConsent = async (): Promise<number> => {
  const { items } = (await asTraining('/v1/learners/local:BCT-1001/passport')) as Shown;
  return items.filter(({ type, clause }) => type.includes('.assessment.recorded.') && clause.endsWith('#EP3')).length;
};

it('J18: sharing is stopped, and it has stopped', async () => {
  expect(await onConsent()).toBeGreaterThan(0);
  const before = await town.node.store.head();
  const sentBefore = feeds.kept.arrived.length;
  const sent = new Set(feeds.kept.of(TRAINING).keys());
  const arrivals: number[] = [];
  feeds.kept.after = async (batch) => {
    if (batch.some(({ recipient }) => recipient === TRAINING)) arrivals.push(Date.now());
  };
  const visitor = await town.signedIn('aisha.rahman');
  const keys = new ByKeyboard(visitor);
  await keys.press('link', 'What you share');
  await keys.press('button', /^Stop sharing this/);
  await keys.press('button', 'Yes, stop it');
  await arrives(visitor, 'You stopped it');
  expect(await onConsent()).toBe(0);

  await feeds.caughtUp();
  // By now the feed has nothing in full that rested on the consent: a tombstone, or that it exists, where a clause shows as much to all.
  const replaced = feeds.kept.arrived.slice(sentBefore).filter(({ recipient, key }) => recipient === TRAINING && sent.has(key));
  expect(replaced.length).toBeGreaterThan(0);
  const since = await town.node.store.readAll({ after: before, limit: 1000 });
  const stoppedAt = since.find(({ type }) => type === 'uk.concordat.consent.withdrawn.v1')?.recordedAt ?? 0;
  expect((arrivals.at(-1) ?? Infinity) - stoppedAt).toBeLessThan(EFFECT_MS);

  const { notices } = (await asTraining('/v1/notices?state=open')) as { readonly notices: readonly { readonly reason: string }[] };
  expect(notices.map(({ reason }) => reason)).toContain('withdrawal');
  await visitor.open('/me/sharing');
  const told = await visitor.text();
  expect(told).toMatch(/Black Country Training asked again and was told no, the last time on/);
  expect(told).toMatch(/We told their computer to delete it on|They can still see that it is there, and no more/);
  expect(told).toContain('We told them to stop using it. They must answer us by');
});
