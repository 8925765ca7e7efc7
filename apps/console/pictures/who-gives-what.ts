// Picture 2, who gives what to whom: a Sankey diagram of sources, categories and recipients, as wide as they were used. Flows that are
// allowed and were never used are hollow.
import { counted, written } from './lettering.ts';
import { type Cell, type Picture, pictureOf, type PictureTable, type RowLink } from './picture.ts';
import { BASES, drawingOf } from './sankey-drawing.ts';

export interface Flow {
  readonly source: string;
  readonly sourceRole: string;
  readonly category: string;
  readonly recipient: string;
  readonly recipientRole: string;
  readonly basis: keyof typeof BASES;
  /** 0: allowed and never used. `c`: learners fewer than six, or hidden so that a smaller group cannot be worked out. */
  readonly count: number | 'c';
  /** Where what it counts is listed. */
  readonly href?: string;
}

export interface Flows {
  readonly counted: 'decisions' | 'learners';
  /** In the order in which they are to be read. */
  readonly flows: readonly Flow[];
}

/** Above so many agencies each role is one. */
export const MOST_AGENCIES = 12;
/** Ribbons beyond are in the table alone. */
export const MOST_RIBBONS = 60;

const UNITS = { decisions: 'decision', learners: 'learner' } as const;

export const whoGivesWhat = (id: string, flows: Flows): Picture => {
  const folded = foldedByRole(flows);
  const all = inReadingOrder(folded.flows);
  const drawn = new Set(all.toSorted((one, other) => sizeOf(other) - sizeOf(one)).slice(0, MOST_RIBBONS));
  const ribbons = all.flatMap((flow, row) => (drawn.has(flow) ? [{ ...flow, row, words: wordsOf(flow, flows.counted) }] : []));
  const left = all.length - ribbons.length;
  const drawnSays = left > 0 ? `; ${ribbons.length} of ${all.length} are drawn` : '';
  const drawing = drawingOf(id, ribbons);
  return pictureOf(
    {
      title: findingOf(all, flows.counted),
      description:
        `Ribbons run from who gave to what was given to who got it, as wide as the number of ${flows.counted}. ` +
        'The pattern says on what lawful basis. Hollow dashed ribbons are allowed and were never used.' +
        (left > 0 ? ` The ${counted(left, 'smallest flow is', 'smallest flows are')} in the table alone.` : ''),
      tables: [
        tableOf(all, flows.counted, `${folded.isFolded ? byRoleSays(flows.counted) : ''}${drawnSays}`),
        ...(folded.isFolded ? [tableOf(inReadingOrder(flows.flows), flows.counted)] : []),
      ],
    },
    { id, ...drawing, hasLinks: ribbons.some(({ href }) => href !== undefined) },
  );
};

const sizeOf = ({ count }: Pick<Flow, 'count'>): number => (count === 'c' ? 3 : count);

const wordsOf = ({ source, category, recipient, basis, count }: Flow, unit: Flows['counted']): string => {
  const size = count === 0 ? 'allowed, never used' : count === 'c' ? `c ${unit}` : counted(count, UNITS[unit]);
  return `${source} gives ${category} to ${recipient}, ${BASES[basis].words}: ${size}`;
};

const findingOf = (all: readonly Flow[], unit: Flows['counted']): string => {
  const used = all.filter(({ count }) => count !== 0);
  const unused = all.length - used.length;
  const unusedSays = `${counted(unused, 'flow is', 'flows are')} allowed and never used.`;
  // Where none was used, those that were are perhaps not shown: nothing is said of them.
  if (unused > 0 && used.length === 0) return unusedSays;
  const rest = unused === 0 ? '' : ` ${unusedSays}`;
  const [first] = used.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  if (first === undefined) return `Nothing was given to anybody.${rest}`;
  const size = first.count === 'c' ? `c ${unit}` : counted(first.count, UNITS[unit]);
  return `Most given: ${first.category} by ${first.source} to ${first.recipient}, ${BASES[first.basis].words} (${size}).${rest}`;
};

/** By name of source, then category, then recipient: one walks it as one reads. */
const inReadingOrder = (flows: readonly Flow[]): readonly Flow[] => {
  const keyOf = ({ source, category, recipient, basis }: Flow): string => [source, category, recipient, basis].join('\n');
  return flows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));
};

const foldedByRole = ({ flows, counted: unit }: Flows): { readonly flows: readonly Flow[]; readonly isFolded: boolean } => {
  const agencies = new Set(flows.flatMap(({ source, recipient }) => [source, recipient]));
  const isByRole = flows.every((flow) => flow.source === flow.sourceRole && flow.recipient === flow.recipientRole);
  if (isByRole || agencies.size <= MOST_AGENCIES) return { flows, isFolded: false };
  const byRole = flows.map((flow): Flow => ({ ...flow, source: flow.sourceRole, recipient: flow.recipientRole }));
  const groups = Object.groupBy(byRole, ({ source, category, recipient, basis }) => [source, category, recipient, basis].join('\n'));
  const folded = Object.values(groups).flatMap((group = []) => foldedOf(group, unit));
  return { flows: folded, isFolded: true };
};

/** Leads where each of them leads, if that is one place. */
const foldedOf = (group: readonly Flow[], unit: Flows['counted']): readonly Flow[] => {
  const [first] = group;
  if (first === undefined) return [];
  const { href, ...rest } = first;
  const isCommon = href !== undefined && group.every((flow) => flow.href === href);
  return [{ ...rest, count: together(group, unit), ...(isCommon && { href }) }];
};

/** The same learner may be among those of several agencies: of learners the most of one agency is what is certain. */
const together = (flows: readonly Flow[], unit: Flows['counted']): Flow['count'] => {
  const counts = flows.flatMap(({ count }) => (count === 'c' ? [] : [count]));
  if (counts.every((count) => count === 0) && counts.length < flows.length) return 'c';
  return unit === 'decisions' ? counts.reduce((sum, count) => sum + count, 0) : Math.max(...counts);
};

const byRoleSays = (unit: Flows['counted']): string => `, agencies by role${unit === 'learners' ? ' (at least so many)' : ''}`;

/** `says`: of the table, behind its name. */
const tableOf = (flows: readonly Flow[], unit: Flows['counted'], says = ''): PictureTable => ({
  caption: `Who gives what to whom${says}`,
  columns: [
    { name: 'Who gave' },
    { name: 'What' },
    { name: 'Who got it' },
    { name: 'Lawful basis' },
    { name: unit === 'decisions' ? 'Decisions' : 'Learners', isNumber: true },
  ],
  rows: flows.map(rowOf),
  links: flows.map(linkOf),
});

const linkOf = ({ category, recipient, basis, href }: Flow): RowLink | undefined =>
  href === undefined ? undefined : { href, says: `gives ${category} to ${recipient}, ${BASES[basis].words}` };

const rowOf = ({ source, category, recipient, basis, count }: Flow): readonly Cell[] => [
  source,
  category,
  recipient,
  BASES[basis].words,
  count === 0 ? 'allowed, never used' : count === 'c' ? 'c' : written(count),
];
