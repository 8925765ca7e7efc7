export { partnershipList } from './partnerships.list.ts';
