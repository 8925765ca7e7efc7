// How flows are laid out and drawn: three columns, and a ribbon through all of them for each flow.
import { sankey, type SankeyLink, type SankeyNode } from 'd3-sankey';
import { block, shortened } from './lettering.ts';
import { type Fill, filledWith, keyHeight, keyOf, patternsOf } from './patterns.ts';
import { element, group, label, linked, titled } from './svg.ts';

/** Kinds of lawful basis, each with a pattern of its own. */
export const BASES = {
  consent: { name: 'consent', ink: 'blue', drawn: 'plain', words: 'by consent' },
  'public-task': { name: 'public-task', ink: 'pale', drawn: 'rising', words: 'as a public task' },
  'legal-obligation': { name: 'legal-obligation', ink: 'grey', drawn: 'upright', words: 'by legal obligation' },
  safeguarding: { name: 'safeguarding', ink: 'purple', drawn: 'crossed', words: 'for safeguarding' },
  other: { name: 'other', ink: 'pale', drawn: 'dotted', words: 'on another basis' },
} as const satisfies Record<string, Fill>;

export interface DrawnFlow {
  readonly source: string;
  readonly category: string;
  readonly recipient: string;
  readonly basis: keyof typeof BASES;
  readonly count: number | 'c';
  readonly href?: string;
  /** Of the table. */
  readonly row: number;
  readonly words: string;
}

const COLUMNS = [
  { of: 'source', words: 'Who gave' },
  { of: 'category', words: 'What' },
  { of: 'recipient', words: 'Who got it' },
] as const;

const WIDTH = 960;
const SIDE = 180;
const TOP = 44;
/** A node has room for two lines of words. */
const NODE_ROOM = 44;
/** Thinner ribbons would not be seen, nor that one is hollow. */
const THINNEST = 1.5;
const THINNEST_HOLLOW = 5;
/** Of fewer than six the middle, so that the width tells no more than the `c` does. */
const FEW = 3;

interface NodeData {
  readonly id: string;
  readonly column: number;
  readonly name: string;
}
interface LinkData {
  readonly flow: DrawnFlow;
}
type Node = SankeyNode<NodeData, LinkData>;
type Link = SankeyLink<NodeData, LinkData>;

/** What is allowed and unused has a hundredth of the whole, to be seen. */
const weightsOf = (flows: readonly DrawnFlow[]): ((flow: DrawnFlow) => number) => {
  const sizes = flows.map(({ count }) => (count === 'c' ? FEW : count));
  const hollow = Math.max(1e-6, sizes.reduce((sum, size) => sum + size, 0) / 100);
  return ({ count }) => (count === 'c' ? FEW : count === 0 ? hollow : count);
};

const layout = (
  flows: readonly DrawnFlow[],
): { readonly nodes: readonly Node[]; readonly links: readonly Link[]; readonly height: number } => {
  const weightOf = weightsOf(flows);
  const names = COLUMNS.map(({ of }) =>
    [...new Set(flows.map((flow) => flow[of]))].toSorted((one, other) => one.localeCompare(other, 'en')),
  );
  const nodes = names.flatMap((column, at) => column.map((name): NodeData => ({ id: `${at}:${name}`, column: at, name })));
  const links = flows.flatMap((flow) => [
    { flow, source: `0:${flow.source}`, target: `1:${flow.category}`, value: weightOf(flow) },
    { flow, source: `1:${flow.category}`, target: `2:${flow.recipient}`, value: weightOf(flow) },
  ]);
  const height = TOP + Math.max(...names.map(({ length }) => length)) * (NODE_ROOM + 20);
  const made = sankey<NodeData, LinkData>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeWidth(14)
    .nodePadding(NODE_ROOM)
    .iterations(24)
    .extent([
      [SIDE, TOP + 20],
      [WIDTH - SIDE, height],
    ])({ nodes: nodes.map((node) => ({ ...node })), links });
  return { ...made, height };
};

export const drawingOf = (
  id: string,
  flows: readonly DrawnFlow[],
): { readonly width: number; readonly height: number; readonly marks: readonly string[] } => {
  const fills = [...new Set(flows.map(({ basis }) => basis))].map((basis) => BASES[basis]);
  if (flows.length === 0) return { width: WIDTH, height: TOP, marks: [heads()] };
  const { nodes, links, height } = layout(flows);
  const bottom = height + 20;
  return {
    width: WIDTH,
    height: bottom + keyHeight(fills, WIDTH),
    marks: [
      patternsOf(id, fills),
      heads(),
      ...flows.map((flow) =>
        ribbonOf(
          id,
          flow,
          links.filter((link) => link.flow === flow),
        ),
      ),
      ...nodes.map(nodeMark),
      keyOf(id, fills, { x: 0, y: bottom, width: WIDTH }),
    ],
  };
};

const heads = (): string =>
  COLUMNS.map(({ words }, at) =>
    label({ x: [SIDE, WIDTH / 2, WIDTH - SIDE][at] ?? 0, y: 18 }, words, {
      'text-anchor': ['end', 'middle', 'start'][at],
      class: 'picture-text picture-strong',
    }),
  ).join('');

const ribbonOf = (id: string, flow: DrawnFlow, links: readonly Link[]): string => {
  const isHollow = flow.count === 0;
  const paths = links.map((link) =>
    element('path', {
      d: bandOf(link, isHollow ? THINNEST_HOLLOW : THINNEST),
      class: isHollow ? 'picture-hollow' : 'picture-ribbon',
      fill: isHollow ? 'none' : filledWith(id, BASES[flow.basis]),
      'data-width': link.width,
    }),
  );
  return linked(flow.href, flow.words, group({ 'data-row': flow.row }, titled(flow.words), ...paths));
};

const edges = ({ source, target }: Link): readonly [number, number] => [(source as Node).x1 ?? 0, (target as Node).x0 ?? 0];

/** Its two long edges are the curves that its middle would have. */
const bandOf = (link: Link, thinnest: number): string => {
  const { y0 = 0, y1 = 0, width = 0 } = link;
  const [x0, x1] = edges(link);
  const middle = (x0 + x1) / 2;
  const half = Math.max(width, thinnest) / 2;
  const at = (value: number): string => value.toFixed(1);
  const there = `M${at(x0)} ${at(y0 - half)}C${at(middle)} ${at(y0 - half)} ${at(middle)} ${at(y1 - half)} ${at(x1)} ${at(y1 - half)}`;
  return `${there}V${at(y1 + half)}C${at(middle)} ${at(y1 + half)} ${at(middle)} ${at(y0 + half)} ${at(x0)} ${at(y0 + half)}Z`;
};

const nodeMark = ({ x0 = 0, x1 = 0, y0 = 0, y1 = 0, column, name }: Node): string => {
  const bar = element('rect', { x: x0, y: y0, width: x1 - x0, height: Math.max(y1 - y0, 2), class: 'picture-node' });
  if (column === 1) {
    return bar + label({ x: (x0 + x1) / 2, y: y0 - 7 }, name, { 'text-anchor': 'middle', class: 'picture-text picture-haloed' });
  }
  const lines = shortened(name, SIDE - 20);
  const y = (y0 + y1) / 2 + 5 - (lines.length - 1) * 8;
  return bar + (column === 0 ? block({ x: x0 - 8, y }, lines, 'end') : block({ x: x1 + 8, y }, lines));
};
