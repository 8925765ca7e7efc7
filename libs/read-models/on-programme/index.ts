export { linkedProviders } from './on-programme.query.ts';
