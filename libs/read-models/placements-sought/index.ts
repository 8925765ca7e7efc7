export { type PlacementSoughtRow, placementsSought } from './placements-sought.list.ts';
