// Days of the stories, and how one is told.
import type { CatalogueData, ShortType } from '#catalogue';
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import type { Draw } from './draw.ts';
import { FIRST_DAY } from './synthetic.ts';

/** Of one learner of the partnership. */
export interface Known {
  readonly n: number;
  readonly subject: string;
  readonly careers: AgencySlug;
  readonly provider: AgencySlug;
  readonly hasLeft: boolean;
  /** The youth offending team told of an order. */
  readonly isUnderOrder: boolean;
}

export interface Telling {
  /** After the first of all stories. */
  readonly day: number;
  readonly agency: AgencySlug;
  readonly event: EventToSend;
}

export const day = (n: number): string => new Date(Date.parse(FIRST_DAY) + n * 86_400_000).toISOString().slice(0, 10);

/** The first day on which the tool's stories are over, and the day on which all is told. */
export const [FROM, TO] = [123, 136];
export const LAST_DAY = day(TO + 1);

export const PROVIDERS = ['black-country-training', 'heath-town-skills', 'forge-apprenticeships'];

export type Tell = <Type extends ShortType>(agency: AgencySlug, type: Type, data: CatalogueData[Type]) => void;
export type Story = (known: Known, tell: Tell, draw: Draw) => void;
