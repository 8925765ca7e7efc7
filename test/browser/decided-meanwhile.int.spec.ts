// Somebody else decided on a match between check and decision: the page shows that decision and asks again (console.md, 4.5).
import { decideMatch, unmerge } from '#admission';
import { matchId } from '#learner-file';
import { ChangedAnswers } from './changed-answers.ts';
import { ConsoleTown } from './console-town.ts';
import { hrefsIn } from './plain-visitor.ts';

/** A view that is behind: what was told of a match last is told once more. */
class Behind {
  readonly #told = new Map<string, string>();
  #once: string | undefined;

  once(match: string): void {
    this.#once = `/v1/data-quality/matches/${match}`;
  }

  readonly change = (path: string, body: string): string => {
    const isBehind = path === this.#once;
    if (isBehind) this.#once = undefined;
    else this.#told.set(path, body);
    return isBehind ? (this.#told.get(path) ?? body) : body;
  };
}

const behind = new Behind();
let answers: ChangedAnswers;
let town: ConsoleTown;
beforeAll(async () => {
  const by = async (url: string): Promise<string> => {
    answers = await ChangedAnswers.to(url, behind.change);
    return answers.url;
  };
  town = await ConsoleTown.open({}, { by });
});
afterAll(async () => {
  await town.close();
  await answers.close();
});

it('nothing is decided on what the check did not show', async () => {
  const shown = 'It was decided that they are one person';
  const [one, other] = [await town.plainly('sam'), await town.plainly('sam')];
  const { html } = await one.open('/data');
  const path = hrefsIn(html).find((href) => href.startsWith('/data/matches/possible-match.')) ?? '';
  for (const visitor of [one, other]) await visitor.open(path);
  await one.open(`${path}/check`, { outcome: 'deferred', reason: 'Who can say?' });
  await other.open(`${path}/check`, { outcome: 'same', reason: 'The school showed the certificate.' });
  expect((await other.open(`${path}/decision`, {})).html).toContain('Recorded: they are one person');
  await town.settled();
  const head = await town.node.store.head();
  const { status, html: met } = await one.open(`${path}/decision`, {});
  expect([status, met.includes('This was decided meanwhile'), met.includes(shown)]).toEqual([200, true, true]);
  expect(met).not.toContain('Recorded: not sure yet');
  const recorded = await town.node.store.readAll({ after: head, limit: 100 });
  expect(recorded.filter(({ type }) => type === 'uk.concordat.match.decided.v1')).toEqual([]);
});

describe('where the broker’s list is behind when it is sent', () => {
  const person = { givenName: 'Lea', dateOfBirth: '2009-02-11', postcode: 'WV1 1AA' };
  const pairOf = async (familyName: string, numbers: readonly number[]): Promise<string> => {
    for (const n of numbers) {
      const data = { localId: `BCT-${n}`, familyName, ...person };
      await town.tell('black-country-training', { type: 'learner.registered', subject: `local:BCT-${n}`, data });
    }
    const { streams } = town.node;
    const ids = numbers.map(async (n) => {
      const found = await streams.identifiers.load(streams.streamOf({ agency: 'black-country-training', localId: `BCT-${n}` }));
      return found.state[0]?.learner ?? '';
    });
    return matchId('possible-match', await Promise.all(ids));
  };
  const merges = async (after: number): Promise<number> =>
    (await town.node.store.readAll({ after, limit: 100 })).filter(({ type }) => type.includes('match.decided')).length;

  it('what was decided is not gone over', async () => {
    const match = await pairOf('Behind', [74_101, 74_102]);
    const path = `/data/matches/${match}`;
    const visitor = await town.plainly('sam');
    await visitor.open(path);
    await visitor.open(`${path}/check`, { outcome: 'same', reason: 'The school showed the certificate.' });
    const decided = await decideMatch(town.node, { match, outcome: 'different', reason: 'They are cousins.' });
    expect(decided.ok).toBe(true);
    await town.settled();
    const head = await town.node.store.head();
    behind.once(match);
    const { status, html } = await visitor.open(`${path}/decision`, {});
    expect([status, html.includes('This was decided meanwhile'), html.includes('They are cousins.')]).toEqual([200, true, true]);
    expect(await merges(head)).toBe(0);
  });

  it('nor is another merge undone', async () => {
    const match = await pairOf('Later', [74_103, 74_104]);
    const path = `/data/matches/${match}`;
    const merge = async (reason: string) => expect((await decideMatch(town.node, { match, outcome: 'same', reason })).ok).toBe(true);
    await merge('The same postcode.');
    await town.settled();
    const visitor = await town.plainly('sam');
    await visitor.open(path);
    await visitor.open(`${path}/undo`, { reason: 'Twins.' });
    expect((await unmerge(town.node, { match, reason: 'One moment.' })).ok).toBe(true);
    await merge('The certificate was shown.');
    await town.settled();
    const head = await town.node.store.head();
    behind.once(match);
    const { html } = await visitor.open(`${path}/undo/send`, {});
    expect([html.includes('This was decided meanwhile'), html.includes('The certificate was shown.')]).toEqual([true, true]);
    expect(await merges(head)).toBe(0);
  });
});
