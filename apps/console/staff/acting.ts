// Who acts from a page of staff, and what the agency's agreements let it record.
import type { EventForms } from '../entry/event-forms.ts';
import { staffOf } from '../entry/entering.ts';
import type { Visit } from '../shell/visit.ts';
import type { Acting } from './acts.ts';

export const londonDay = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());

export const actingOf = async (visit: Visit, forms: EventForms): Promise<Acting> => {
  const { name, staff, agency, roles } = staffOf(visit);
  const offered = await forms.forAgency((path) => visit.ask(path), agency);
  const types = new Set(offered.map(({ type }) => type));
  return { name: name === '' ? staff : name, agency, on: londonDay(), types, isLinkAdviser: roles.includes('link-adviser') };
};
