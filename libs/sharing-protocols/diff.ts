// What another version of a protocol would change, in sentences about people: who gains or loses which data, for which purpose.
import type { Agreement, Contribution, Duty, Flow, ProtocolDocument, Share, To } from './language.ts';
import { HEADINGS } from './lint-agreement.ts';
import { CATEGORY_PLURALS, OFFICE_PLURALS, ROLE_PLURALS } from './people-words.ts';
import { basisInWords, durationInWords, formInWords, rolesInWords, termInWords, toInWords, whenInWords } from './render-words.ts';

/** Of one kind of recipient, one kind of data and one purpose: the ways in which it is seen, each a permission of its own. */
type Ways = ReadonlyMap<string, ReadonlySet<string>>;

const SAME = 'Both say the same.';

/** In the order: who sees what, prohibitions, who sends what, duties, parties, dates, words. */
export const diffProtocols = (before: ProtocolDocument, after: ProtocolDocument): readonly string[] => {
  const sentences = [
    ...changesOfSight(sightIn(before), sightIn(after)),
    ...changesIn(
      prohibitionsIn(before),
      prohibitionsIn(after),
      (says) => `It is now forbidden: ${says}`,
      (says) => `It is no longer forbidden: ${says}`,
    ),
    ...changesIn(
      sendingIn(before),
      sendingIn(after),
      (who) => `${who} may now send it.`,
      (who) => `${who} may no longer send it.`,
    ),
    ...changesIn(
      dutiesIn(before),
      dutiesIn(after),
      (duty) => `A duty from now on: ${duty}`,
      (duty) => `No duty any more: ${duty}`,
    ),
    ...changesIn(
      partiesIn(before),
      partiesIn(after),
      (party) => `From now on ${party}.`,
      (party) => `No longer: ${party}.`,
    ),
    ...changedDates(before, after),
    ...changedWords(before, after),
  ];
  return sentences.length === 0 ? [SAME] : sentences;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const named = (roles: readonly string[], words: Readonly<Record<string, string>> = ROLE_PLURALS): readonly string[] =>
  roles.map((role) => words[role] ?? role);

const dataIn = ({ category, type, when, merged }: Share): string => {
  const what = category === undefined ? `${type} events` : CATEGORY_PLURALS[category];
  return `${merged === true ? 'merged ' : ''}${what}${whenInWords(when)}`;
};

const CONSENTS = { required: ', with consent', explicit: ', with explicit consent' } as const;

const wayOf = (flow: Flow, share: Share, to: To): string => {
  const consent = share.consent ?? flow.consent;
  const { roles: _, office: __, ...terms } = to;
  const relationship = share.relationship ?? to.relationship;
  const recipient = toInWords({ ...terms, roles: [], ...(relationship && { relationship }) }).trim();
  const form = formInWords(share.level ?? flow.level, share.fields ?? flow.fields, flow.delivery, flow.suppressBelow);
  const details = [
    recipient,
    `from ${rolesInWords(share.from ?? flow.from)}`,
    form,
    basisInWords(flow.basis),
    `kept for ${durationInWords(flow.retention)}`,
  ];
  return `${consent === undefined ? '' : CONSENTS[consent]} (${details.filter((part) => part !== '').join('; ')})`;
};

const sightIn = ({ flows }: ProtocolDocument): Ways => {
  const ways = new Map<string, Set<string>>();
  for (const [key, way] of flows.flatMap(sightOf)) ways.set(key, (ways.get(key) ?? new Set()).add(way));
  return ways;
};

const sightOf = (flow: Flow): readonly (readonly [key: string, way: string])[] =>
  flow.to.flatMap((to) => flow.share.flatMap((share) => keysOf(flow, share, to).map((key) => [key, wayOf(flow, share, to)] as const)));

const SEES = ' see ';

const keysOf = (flow: Flow, share: Share, { roles, office }: To): readonly string[] =>
  (office === undefined ? named(roles) : named([office], OFFICE_PLURALS)).flatMap((who) =>
    flow.for.map((purpose) => `${capital(who)}${SEES}${dataIn(share)} for ${purpose}`),
  );

const changesOfSight = (before: Ways, after: Ways): readonly string[] => {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => changeOfSight(key, before.get(key), after.get(key)));
};

const changeOfSight = (key: string, before: ReadonlySet<string> | undefined, after: ReadonlySet<string> | undefined): readonly string[] => {
  if (before === undefined) return [...(after ?? [])].map((way) => `${key.replace(SEES, ' gain ')}${way}.`);
  if (after === undefined) return [`${key.replace(SEES, ' lose ')}.`];
  return [
    ...[...after].filter((way) => !before.has(way)).map((way) => `${key.replace(SEES, ' now see ')}${way}.`),
    ...[...before].filter((way) => !after.has(way)).map((way) => `${key.replace(SEES, ' no longer see ')}${way}.`),
  ];
};

type Said = readonly string[];

const changesIn = (before: Said, after: Said, gained: (text: string) => string, lost: (text: string) => string): readonly string[] => [
  ...after.filter((text) => !before.includes(text)).map(gained),
  ...before.filter((text) => !after.includes(text)).map(lost),
];

const prohibitionsIn = ({ prohibitions }: ProtocolDocument): Said =>
  prohibitions.map(
    ({ says, share, from, to, aggregates }) =>
      `${says} (${share.map(dataIn).join('; ')}, from ${rolesInWords(from)}, to ${named(to).join(', ')}${aggregates === true ? ' and in aggregates' : ''})`,
  );

const sendersOf = ({ roles }: Contribution): readonly string[] => (typeof roles === 'string' ? [rolesInWords(roles)] : named(roles));

const sendingIn = ({ contributions }: ProtocolDocument): Said =>
  contributions.flatMap((contribution) =>
    contribution.types.flatMap((type) =>
      sendersOf(contribution).map((who) => {
        const { when, namedIn, relationship } = contribution;
        const terms = [namedIn === undefined ? '' : `named in ${namedIn}`, relationship ?? ''].filter((part) => part !== '');
        return `Of ${type} events${whenInWords(when)}${terms.length === 0 ? '' : ` (${terms.join('; ')})`}: ${who}`;
      }),
    ),
  );

const dutiesIn = ({ duties }: ProtocolDocument): Said =>
  duties.map((duty: Duty) => {
    const done = `${duty.dischargedBy.join(' or ')}${whenInWords(duty.dischargedWhen)}`;
    return `${duty.says} (${named(duty.who).join(', ')}; ${termInWords(duty).join(' after ')}; done with ${done})`;
  });

const partiesIn = ({ parties }: ProtocolDocument): Said =>
  parties.map(({ role, agencies, districts, mustSign }) => {
    const which = [...(agencies ?? []), ...(districts ?? [])];
    return `${ROLE_PLURALS[role]}${which.length === 0 ? '' : ` (${which.join(', ')})`} ${mustSign ? 'must sign' : 'may sign'}`;
  });

const changedDates = (before: ProtocolDocument, after: ProtocolDocument): readonly string[] => {
  const told = ({ inForce, review }: ProtocolDocument): Said => [
    `It is in force from ${inForce.from}${inForce.until === undefined ? '' : ` until ${inForce.until}`}`,
    `Its review is due on ${review.due}, with ${review.graceDays} days of grace`,
  ];
  return changesIn(
    told(before),
    told(after),
    (text) => `${text}.`,
    () => '',
  ).filter((text) => text !== '');
};

const changedWords = (before: ProtocolDocument, after: ProtocolDocument): readonly string[] => {
  const headings = (Object.keys(HEADINGS) as (keyof Agreement)[]).filter(
    (heading) => before.agreement[heading] !== after.agreement[heading],
  );
  const purposes = after.purposes.filter(({ id, ...purpose }) => {
    const old = before.purposes.find((one) => one.id === id);
    return old !== undefined && JSON.stringify({ ...old, id: undefined }) !== JSON.stringify({ ...purpose, id: undefined });
  });
  const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
  return [
    ...headings.map((heading) => `The agreement says something else under “${HEADINGS[heading]}”.`),
    ...purposes.map(({ id }) => `What the learner reads of ${id} is worded otherwise.`),
    ...(differs(before.override, after.override) ? ['Who may break the glass, and on what terms, is another.'] : []),
    ...(differs(
      [before.title, before.why, before.powers, before.rightsContact],
      [after.title, after.why, after.powers, after.rightsContact],
    )
      ? ['Title, reason, legal powers or the contact for rights read otherwise.']
      : []),
  ];
};
