export { noticesView } from './notices.view.ts';
export * from './notices.query.ts';
