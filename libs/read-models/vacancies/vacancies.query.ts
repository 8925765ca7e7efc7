// The vacancies of those sources of whom the asker may see any: the latest listed first.
import type { ViewReader } from '../engine/index.ts';
import { type Proposed, type ProposingThings, type ThingProposal, thingRows } from '../lists/index.ts';
import { vacancies, vacanciesView } from './vacancies.view.ts';

const LATEST = { view: vacanciesView, table: vacancies, order: ['listed_on', 'vacancy', 'source'], newestFirst: true };

interface Found {
  readonly [column: string]: string | number | null;
  readonly source: string;
  readonly vacancy: string;
  readonly listed_on: string;
  readonly listed: number;
  readonly filled: number | null;
}

export const proposeVacancies = async (views: ViewReader, asked: ProposingThings): Promise<Proposed<ThingProposal>> => {
  const { position, rows } = await thingRows<Found>(views, LATEST, asked);
  const candidates = rows.map(({ source, vacancy, listed_on, listed, filled }) => ({
    anchor: listed,
    beside: filled === null ? [] : [filled],
    place: [listed_on, vacancy, source],
  }));
  return { position, candidates };
};
