export { partnershipList, type PartnershipRow } from './partnerships.list.ts';
