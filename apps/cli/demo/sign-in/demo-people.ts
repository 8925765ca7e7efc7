// Who can sign in to the demo: for each role of the console somebody of the story. All of them are made up.
import { LEARNERS_OWN } from '#access';
import type { BrokerNode } from '../../../broker/node.ts';
import type { Slug } from '../cast.ts';
import { person } from '../people.ts';

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  /** What this person does, and what to look at. */
  readonly says: string;
  /** Where the console opens for this person. */
  readonly opens: string;
  /** What tokens say. */
  readonly claims: Readonly<Record<string, string | readonly string[]>>;
}

const officer = (id: string, name: string, office: string, says: string): DemoPerson => ({
  id,
  name,
  says,
  opens: '/dpo',
  claims: { office, staff_id: id },
});

/** By the first role of somebody. */
const OPENS: Readonly<Record<string, string>> = { administrator: '/agency', planner: '/plan', manager: '/plan' };

const member = (
  id: string,
  name: string,
  agency: Slug,
  more: { readonly roles: readonly string[]; readonly says: string },
): DemoPerson => ({
  id,
  name,
  says: more.says,
  opens: OPENS[more.roles[0] ?? ''] ?? '/staff',
  claims: { agency, staff_id: id, roles: more.roles },
});

const STAFF: readonly DemoPerson[] = [
  officer('olu', 'Olu Adeyemi', 'dpo-partnership', 'data protection officer of the partnership'),
  officer('bea', 'Bea Thornton', 'dpo-of:black-country-training', 'data protection officer of Black Country Training'),
  { id: 'sam', name: 'Sam Whitlock', says: 'data manager', opens: '/data', claims: { office: 'data-manager', staff_id: 'sam' } },
  member('d.lal', 'D. Lal', 'connexions-north', { roles: ['personal-adviser'], says: 'personal adviser, Connexions North' }),
  member('k.stone', 'K. Stone', 'connexions-north', { roles: ['link-adviser'], says: 'link adviser, Connexions North' }),
  member('k.reid', 'K. Reid', 'black-country-training', { roles: ['key-worker'], says: 'key worker, Black Country Training' }),
  member('m.osei', 'M. Osei', 'city-yot', { roles: ['yot-officer'], says: 'officer, City Youth Offending Team' }),
  member('t.page', 'T. Page', 'wulfrun-college', { roles: ['tutor'], says: 'tutor, Wulfrun College' }),
  member('r.finch', 'R. Finch', 'lsc-black-country', { roles: ['planner'], says: 'planner, LSC Black Country' }),
  member('h.marsh', 'H. Marsh', 'heath-town-skills', { roles: ['manager'], says: 'manager, Heath Town Skills' }),
  member('a.kaur', 'A. Kaur', 'connexions-north', { roles: ['administrator'], says: 'administrator, Connexions North' }),
];

/** Of the story: number and name are those of its chapters. */
const LEARNERS = [
  [1, 'Aisha Rahman', 'learner: agreed, and withdrew nothing'],
  [2, 'Ben Hartley', 'learner'],
  [401, 'Keira Walsh', 'learner: asked, agreed and complained on her own page'],
] as const;

/** Nobody where the story did not get so far. */
const learner = async (node: BrokerNode, [number, name, says]: (typeof LEARNERS)[number]): Promise<readonly DemoPerson[]> => {
  const named = await node.namedLearners.find({ agency: 'connexions-north', ref: `uln:${person(number, name, '').uln}` });
  if (!named.ok) return [];
  const id = name.toLowerCase().replace(' ', '.');
  return [{ id, name, says, opens: '/me', claims: { learner: node.pseudonyms.of(LEARNERS_OWN, named.value) } }];
};

export const demoPeople = async (node: BrokerNode): Promise<readonly DemoPerson[]> => [
  ...STAFF,
  ...(await Promise.all(LEARNERS.map((one) => learner(node, one)))).flat(),
];
