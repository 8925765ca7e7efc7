// Places as each provider listed them last (views.md, S19).
import type { AgencySlug } from '#kernel';
import { table } from '../engine/index.ts';
import { alike, thingName, thingProjector } from '../lists/index.ts';

export const provision = table({
  name: 'provision',
  columns: { source: 'text', provision: 'text', listed_on: 'text', listed: 'integer', by_id: 'text', by_title: 'text' },
  key: ['source', 'provision'],
  indexes: [['source', 'listed_on', 'provision']],
});

/** Stands for what an application calls provision of an agency: its title, or its id. */
export const provisionWord = (agency: AgencySlug, text: string): string => thingName(agency, alike(text));

export const provisionView = thingProjector(
  { name: 'provision', version: 2, tables: [provision] },
  {
    'provision.listed': ({ source, position: listed, toldOn: listed_on, data: { provisionId, title } }, rows) => {
      const words = { by_id: provisionWord(source, provisionId), by_title: provisionWord(source, title) };
      rows.put(provision, { source, provision: thingName(provisionId), listed_on, listed, ...words });
    },
  },
);
