// What the demo prints once it listens: where, what is in it, and two commands to try.
import { join, relative } from 'node:path';
import { londonDate } from '#kernel';
import { learnerOfStream, REPEAT_AVOIDED } from '#learner-file';
import type { BrokerNode } from '../../broker/node.ts';
import { alignedLines } from '../terminal.ts';
import type { DemoPerson } from './sign-in/demo-people.ts';
import type { Example, WholeStory } from './whole-story.ts';

export interface DemoFigures {
  readonly agencies: number;
  readonly protocols: number;
  readonly learners: number;
  readonly events: number;
  readonly duplicatesAvoided: number;
  readonly quarantined: number;
}

const PAGE = 2000;

/** Counted in the log itself. */
export const figuresOf = async ({ agencies, registers, store, quarantine, clock }: BrokerNode): Promise<DemoFigures> => {
  const learners = new Set<string>();
  let duplicatesAvoided = 0;
  let events = 0;
  for (
    let page = await store.readAll({ after: 0, limit: PAGE });
    page.length > 0;
    page = await store.readAll({ after: events, limit: PAGE })
  ) {
    for (const { stream, type, position } of page) {
      const learner = learnerOfStream(stream);
      if (learner !== undefined) learners.add(learner);
      if (type === REPEAT_AVOIDED) duplicatesAvoided++;
      events = position;
    }
  }
  const protocols = registers.inForce(londonDate(clock.now())).decisions.inForce.length;
  return {
    agencies: agencies.list().length,
    protocols,
    learners: learners.size,
    events,
    duplicatesAvoided,
    quarantined: await quarantine.count('waiting'),
  };
};

export interface Place {
  readonly url: string;
  readonly data: string;
  readonly keys: string;
  /** Whether a bare `concordat token` finds the keys and the broker. */
  readonly usual: boolean;
}

const tokenCommand = ({ url, keys, usual }: Place, slug: string): string =>
  `./bin/concordat.mjs token ${slug}${usual ? '' : ` --key '${shortest(join(keys, `${slug}.json`))}' --url ${url}`}`;

/** From where the command was started, where that is shorter. */
const shortest = (path: string): string => {
  const fromHere = relative('', path);
  return fromHere.length < path.length ? fromHere : path;
};

const curlLines = (place: Place, { by, ref, purposes }: Example): readonly string[] => [
  `  curl -s ${place.url}/v1/learners/${ref}/passport \\`,
  `    -H "Authorization: Bearer $(${tokenCommand(place, by)})" \\`,
  `    -H 'Purpose: ${purposes.join(', ')}'`,
];

export const welcomeLines = (
  place: Place,
  figures: DemoFigures,
  { permitted, refused }: Pick<WholeStory, 'permitted' | 'refused'>,
): readonly string[] => [
  '',
  `Concordat listens on ${place.url}`,
  '',
  ...alignedLines([
    ['  agencies', String(figures.agencies)],
    ['  protocols in force', String(figures.protocols)],
    ['  learners', String(figures.learners)],
    ['  events in the log', String(figures.events)],
    ['  assessments not repeated', String(figures.duplicatesAvoided)],
    ['  refused, in quarantine', String(figures.quarantined)],
    ['  data', shortest(place.data)],
  ]),
  '',
  'From another terminal, in the project directory:',
  '',
  'A provider reads the passport of a learner on its programme; each item says by which clause:',
  ...curlLines(place, permitted),
  '',
  'A college that knows a learner by an application alone may not plan learning with what others hold;',
  'it is refused (403) and told the clauses one of which would have to hold:',
  ...curlLines(place, refused),
  '',
];

/** The pages of each role, and as whom to sign in there. */
export const pagesLines = (url: string, people: readonly DemoPerson[]): readonly string[] => [
  '',
  `The console listens on ${url}. Open a page, and sign in with one click as`,
  '',
  ...alignedLines(people.map(({ name, says, opens }) => [`  ${url}${opens}`, name, says])),
  '',
  'Ctrl-C stops it; the data stays.',
];
