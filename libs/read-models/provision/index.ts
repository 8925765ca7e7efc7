export { isCalled, type ProvisionRow } from './provision.answer.ts';
export { provisionList } from './provision.list.ts';
export { listedProvision } from './provision.query.ts';
export { provision, provisionView, provisionWord } from './provision.view.ts';
