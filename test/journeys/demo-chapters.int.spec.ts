// Each chapter of the demo's story has its effect: whoever it brings to a learner sees what the clauses say, and nobody before that.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { disclosures, listDisclosures } from '#read-models';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import type { Slug } from '../../apps/cli/demo/cast.ts';
import { person } from '../../apps/cli/demo/people.ts';
import { toldDemo } from '../told-demo.ts';

jest.setTimeout(180_000);

const directory = mkdtempSync(join(tmpdir(), 'demo-chapters-'));
let node: BrokerNode;

beforeAll(async () => {
  const config = parseConfig({
    CONCORDAT_DATA: directory,
    PORT: '0',
    CONCORDAT_ISSUER: 'http://demo.example',
    CONCORDAT_VERIFY_WORKERS: '0',
  });
  await toldDemo(config);
  node = await openNode(config, { projecting: true });
});
afterAll(async () => {
  await node.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Clauses under which the agency sees something of the learner with this number now. */
const clausesFor = async (agency: Slug, number: number, purpose: string): Promise<readonly string[]> => {
  const ref = `uln:${person(number, 'Any Name', '').uln}`;
  const page = { after: 0, limit: 200 };
  const answer = await node.gate.ask({
    asker: { agency },
    ref,
    purposes: [purpose],
    asked: 'passport',
    page,
  });
  return answer.outcome === 'answered' ? [...new Set(answer.items.map(({ clause }) => clause.replace(/^.*#/, '')))].sort() : [];
};

describe('by the end of the story', () => {
  it.each<readonly [string, readonly [by: Slug, about: number, purpose: string], readonly string[]]>([
    ['on programme: the adviser follows the learner', ['connexions-north', 1, 'support-learner'], ['EP12', 'EP5', 'own']],
    ['on programme: the authority hears who left', ['wolverhampton-council', 5, 'track-participation'], ['AS1', 'EL1', 'EL3']],
    ['school leavers: the college sees who applied', ['wulfrun-college', 101, 'match-provision'], ['AB1', 'own']],
    [
      'school leavers: the council sees offers, and everybody in its area',
      ['wolverhampton-council', 101, 'guarantee-place'],
      ['SG1', 'SG2'],
    ],
    ['school leavers: whoever was placed by the council is enrolled', ['forge-apprenticeships', 107, 'deliver-programme'], ['EP1', 'own']],
    ['youth justice: the adviser works from the same facts', ['connexions-north', 201, 'prevent-reoffending'], ['YJ1', 'own']],
    ['youth justice: the provider knows the risk', ['black-country-training', 201, 'safeguard'], ['YJ2', 'own']],
    ['youth justice: and the order, with consent', ['black-country-training', 201, 'support-learner'], ['YJ3', 'own']],
    ['youth justice: without consent not', ['black-country-training', 202, 'support-learner'], ['own']],
    ['youth justice: a place waits on the day of release', ['heath-town-skills', 203, 'plan-learning'], ['YJ4', 'own']],
    ['youth justice: children’s services reach the adviser', ['connexions-north', 204, 'support-learner'], ['EP5', 'own']],
    ['in care: circumstances go to the provider with consent', ['heath-town-skills', 301, 'support-learner'], ['EP10', 'EP6', 'own']],
    [
      'came by himself: the provider knows who he is and who advises him',
      ['forge-apprenticeships', 302, 'deliver-programme'],
      ['EP1', 'own'],
    ],
    ['came by himself: the link adviser has him on the list', ['connexions-north', 302, 'deliver-programme'], ['EP1', 'EP2', 'EP7', 'own']],
    ['from the jobcentre: the provider knows who comes', ['black-country-training', 303, 'deliver-programme'], ['EP1', 'EP2']],
    ['moved: the service of the new area', ['connexions-south', 306, 'deliver-programme'], ['EP1', 'EP2', 'own']],
    ['moved: the former area sees no more', ['wolverhampton-council', 306, 'track-participation'], []],
    ['own page: what a provider asked itself, confirmed', ['heath-town-skills', 403, 'support-learner'], ['EP6', 'own']],
  ])('%s', async (_chapter, [agency, number, purpose], expected) => {
    expect(await clausesFor(agency, number, purpose)).toEqual(expected);
  });
});

describe('on the way there', () => {
  /** What the story's own looks were shown, the first ones first. */
  const looksOf = async (recipient: Slug, purpose: string): Promise<readonly (readonly string[])[]> => {
    await node.projections.waitFor(disclosures.name, await node.store.head(), 10_000);
    const { rows } = await listDisclosures(node.views, { recipient, limit: 100 });
    const looks = rows.toReversed().filter(({ purposes }) => purposes.join() === purpose);
    return looks.map(({ clauses }) => clauses.map((clause) => clause.replace(/^.*#/, '')).sort());
  };

  it('nobody’s own word opened a door: until the careers service informed, the provider saw its own alone', async () => {
    const [before, after] = await looksOf('forge-apprenticeships', 'deliver-programme');
    expect([before, after]).toEqual([['own'], ['EP1', 'own']]);
  });

  it('what is sensitive waited for the learner’s own word', async () => {
    const [before, after] = await looksOf('heath-town-skills', 'support-learner');
    expect([before, after]).toEqual([['own'], ['EP6', 'own']]);
  });
});
