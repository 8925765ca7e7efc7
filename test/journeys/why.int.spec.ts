// From one decision to the events it rests on, by HTTP: a clause, a consent with its revision, the relationship and the registration; told
// to whom it is an affair, and to nobody else (console.md, /dpo/decisions/{position}).
import { type Body, CAREERS, FORGE, K1, MANAGER, type Officer, OverseenTown, PARTNERSHIPS, STRANGER, type Told } from './overseen-town.ts';

let overseen: OverseenTown;
beforeAll(async () => {
  overseen = await OverseenTown.open();
});
afterAll(() => overseen.close());

const PATH = '/v1/audit/why';
const whyBy = (claims: Officer, decision = overseen.story.shownAt): Promise<Told> =>
  overseen.ask(claims, `${PATH}?decision=${decision}`, PATH);
const listed = (body: Body, name: string): readonly Body[] => body[name] as readonly Body[];

describe('why something was shown', () => {
  it('is told to the partnership’s officer from the registration to the clause', async () => {
    const { status, body } = await whyBy(PARTNERSHIPS);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      decision: { position: overseen.story.shownAt, recipient: 'forge', learner: overseen.psn() },
      registration: [{ type: 'learner.registered', source: 'careers' }],
      consents: [{ id: K1, steps: [{ kind: 'given', position: overseen.story.given }] }],
    });
    const [permit] = listed(body['decision'] as Body, 'permitted').filter(({ consent }) => consent !== undefined);
    expect(listed(body, 'consents')[0]?.['revision']).toBe((permit?.['consent'] as Body)['revision']);
    const clauses = listed(body, 'clauses');
    expect(clauses).toContainEqual(
      expect.objectContaining({ clause: permit?.['clause'], held: true, agreed: { position: expect.any(String), on: expect.any(String) } }),
    );
    const relationships = listed(body, 'relationships').map(({ relationship, events }) => [
      relationship,
      (events as readonly Body[]).map(({ type, source }) => [type, source]),
    ]);
    const enrolled = [
      ['referral.made', 'careers'],
      ['programme.started', 'forge'],
    ];
    expect(relationships).toEqual([['enrolled-with', enrolled]]);
  });

  it('says nothing of what a later event made of it', async () => {
    const { body } = await whyBy(PARTNERSHIPS);
    expect(JSON.stringify(body['consents'])).not.toContain('withdrawn');
    for (const told of ['safe', 'Sam', 'Reads well', overseen.uln, overseen.story.learner])
      expect(JSON.stringify(body)).not.toContain(told);
  });

  it('is told to the recipient’s officer without who else recorded what', async () => {
    const { body } = await whyBy(FORGE);
    const [referred, started] = listed(listed(body, 'relationships')[0] ?? {}, 'events');
    expect(Object.keys(referred ?? {}).sort()).toEqual(['category', 'recordedOn', 'type']);
    expect(started).toMatchObject({ type: 'programme.started', source: 'forge' });
    expect(body['registration']).toEqual([]);
  });

  it('is told to the source’s officer without what ties the recipient to the learner', async () => {
    const { status, body } = await whyBy(CAREERS);
    expect([status, body['relationships']]).toEqual([200, []]);
    expect(listed(body, 'consents').map(({ id }) => id)).toEqual([K1]);
    expect(listed(body, 'registration')).toMatchObject([{ type: 'learner.registered', source: 'careers' }]);
  });

  it('of a look is the clause that lets officers look', async () => {
    const decisions = await overseen.ask(PARTNERSHIPS, `/v1/audit/decisions?learner=${overseen.psn()}&route=look`, '/v1/audit/decisions');
    const [look] = listed(decisions.body, 'decisions');
    const { body } = await whyBy(PARTNERSHIPS, String(look?.['position']));
    expect(listed(body, 'clauses').map(({ clause }) => clause)).toEqual(['oversight@1#OV1']);
    expect([body['consents'], body['relationships'], body['registration']]).toEqual([[], [], []]);
  });

  it('looks to a stranger as if there were no such decision, and to nobody but officers', async () => {
    const none = await whyBy(PARTNERSHIPS, '999999');
    expect(none).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
    expect(await whyBy(STRANGER)).toEqual(none);
    expect(await whyBy(PARTNERSHIPS, overseen.story.given)).toEqual(none);
    expect((await whyBy(MANAGER)).status).toBe(404);
    expect((await overseen.ask({ agency: 'careers' }, `${PATH}?decision=1`, PATH)).status).toBe(401);
    expect((await overseen.ask(PARTNERSHIPS, `${PATH}?decision=x`, PATH)).body).toMatchObject({ code: 'position-malformed' });
    expect((await overseen.ask(PARTNERSHIPS, `${PATH}?decision=1&colour=red`, PATH)).body).toMatchObject({ code: 'filter-unknown' });
  });

  it('is a look that the learner sees', async () => {
    const officers = async (): Promise<number> =>
      (await overseen.looks()).filter(([recipient, asked]) => recipient === 'operator:dpo-of:careers' && asked === 'disclosures').length;
    const before = await officers();
    await whyBy(CAREERS);
    expect(await officers()).toBe(before + 1);
  });
});
